// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/otlp.h"

#include "otlptraces.pb.h"

#include <QCoreApplication>

#include <google/protobuf/util/json_util.h>

#include <climits>

namespace genscope {

Result<std::string> otlpJsonOf(std::string_view protobuf)
{
    const auto fault = [] {
        return makeError(Error::Kind::Parse,
                         QCoreApplication::translate("EventParser",
                                                     "not an export of traces of OpenTelemetry (protobuf)"));
    };
    otlp::ExportTraceServiceRequest request;
    if (protobuf.size() > INT_MAX ||
        !request.ParseFromArray(protobuf.data(), static_cast<int>(protobuf.size())))
        return fault();
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(request, &json).ok())
        return fault();
    if (request.resource_spans().empty()) // an empty list is left out
        return std::string(R"({"resourceSpans":[]})");
    return json;
}

} // namespace genscope
