// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace genscope {

/// Answers GET requests on this machine with what a test laid out, and remembers what was asked.
class LocalServer : public QTcpServer
{
public:
    LocalServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }

    QUrl address() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort())); }
    void put(const QByteArray &path, const QByteArray &body) { putRaw(path, "HTTP/1.1 200 OK\r\n", body); }
    void putRaw(const QByteArray &path, const QByteArray &head, const QByteArray &body = {})
    {
        m_answers[path] = head + "Content-Length: " + QByteArray::number(body.size()) +
                          "\r\nConnection: close\r\n\r\n" + body;
    }
    /// Never answered.
    void hang(const QByteArray &path) { m_answers[path] = {}; }

    QList<QByteArray> requests; ///< heads, in order

private:
    void answer(QTcpSocket &socket)
    {
        QByteArray head = socket.property("head").toByteArray() + socket.readAll();
        socket.setProperty("head", head);
        if (!head.contains("\r\n\r\n"))
            return;
        requests.push_back(head);
        const QByteArray path = head.split(' ').value(1);
        if (!m_answers.contains(path))
            socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        else if (m_answers[path].isEmpty())
            return;
        else
            socket.write(m_answers[path]);
        socket.disconnectFromHost();
    }

    QHash<QByteArray, QByteArray> m_answers;
};

} // namespace genscope
