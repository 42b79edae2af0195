// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>

#include <gtest/gtest.h>

namespace genscope {

/// An answer as it came over a socket.
struct RawAnswer
{
    int status = 0; ///< 0: the connection ended without an answer
    QByteArray head;
    QByteArray body;

    QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith(name.toLower() + ':'))
                return line.mid(name.size() + 1).trimmed();
        }
        return {};
    }
};

/// A client that writes what it is told, byte for byte, and waits for answers. @thread one
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        EXPECT_TRUE(m_socket.waitForConnected(5000)) << m_socket.errorString().toStdString();
    }

    void write(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(5000)) {
        }
    }

    RawAnswer answer(int milliseconds = 15'000)
    {
        QElapsedTimer timer;
        timer.start();
        for (;;) {
            const qsizetype end = m_received.indexOf("\r\n\r\n");
            if (end >= 0) {
                RawAnswer answer;
                answer.head = m_received.left(end);
                answer.status = answer.head.split(' ').value(1).toInt();
                const qsizetype length = answer.header("content-length").toLongLong();
                if (m_received.size() >= end + 4 + length) {
                    answer.body = m_received.mid(end + 4, length);
                    m_received.remove(0, end + 4 + length);
                    return answer;
                }
            }
            const int left = milliseconds - static_cast<int>(timer.elapsed());
            if (left <= 0 || !m_socket.waitForReadyRead(left))
                return {};
            m_received += m_socket.readAll();
        }
    }

    RawAnswer ask(const QByteArray &request)
    {
        write(request);
        return answer();
    }

    /// Whether the server ends the connection in that time.
    bool isClosedWithin(int milliseconds)
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState ||
               m_socket.waitForDisconnected(milliseconds);
    }
    void abort() { m_socket.abort(); }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

/// A POST as SDKs send it. @param headers  each with its line end
inline QByteArray postOf(const QByteArray &path, const QByteArray &body, const QByteArray &headers = {})
{
    return "POST " + path +
           " HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
}

} // namespace genscope
