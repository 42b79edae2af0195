#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Genscope developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the dump behind "Explore the sample": the same bytes on every run.

    python3 resources/sample/make_sample.py resources/sample/sample.jsonl.gz

Five weeks of an invented company's LLM features, as rows of a PostHog batch export: a support agent with tools, a
document summariser, a search with embeddings, a code reviewer. It has what the pages should show: several models and
customers, errors, cached tokens, streamed and whole answers, one afternoon on which one model was slow, anonymous
calls, feedback, a model without a price.
"""
import datetime
import gzip
import io
import json
import math
import random
import sys
import uuid

R = random.Random(20261124)
START = datetime.datetime(2026, 10, 19, tzinfo=datetime.timezone.utc)
DAYS = 35
# The afternoon on which claude-sonnet-4-5 was slow.
SLOW_MODEL = "claude-sonnet-4-5"
SLOW_FROM = datetime.datetime(2026, 11, 11, 13, 0, tzinfo=datetime.timezone.utc)
SLOW_TO = datetime.datetime(2026, 11, 11, 17, 30, tzinfo=datetime.timezone.utc)
SLOW_FACTOR = 6.5

# model: provider, base URL, USD per million tokens (input, output, cache read, cache write), seconds to the first
# token, tokens per second, cache tokens outside of the input tokens
MODELS = {
    "gpt-4o": ("openai", "https://api.openai.com/v1", (2.5, 10, 1.25, 2.5), 0.45, 70, False),
    "gpt-4o-mini": ("openai", "https://api.openai.com/v1", (0.15, 0.6, 0.075, 0.15), 0.35, 95, False),
    "claude-sonnet-4-5": ("anthropic", "https://api.anthropic.com", (3, 15, 0.3, 3.75), 0.9, 65, True),
    "claude-haiku-4-5": ("anthropic", "https://api.anthropic.com", (1, 5, 0.1, 1.25), 0.5, 120, True),
    "gemini-2.5-flash": ("gemini", "https://generativelanguage.googleapis.com", (0.3, 2.5, 0.075, 0.3), 0.4, 160, False),
    "mistral-large-latest": ("mistral", "https://api.mistral.ai/v1", (2, 6, 1, 2), 0.5, 50, False),
    "in-house/courier-7b": ("openai-compatible", "http://llm.internal:8000/v1", None, 0.2, 45, False),
    "text-embedding-3-small": ("openai", "https://api.openai.com/v1", (0.02, 0, 0.01, 0.02), 0.12, 1e9, False),
}
FEATURES = {
    "support-agent": (["claude-sonnet-4-5", "gpt-4o"], 0.40),
    "summarise": (["gpt-4o-mini", "gemini-2.5-flash"], 0.28),
    "search": (["gemini-2.5-flash", "gpt-4o-mini"], 0.18),
    "code-review": (["claude-sonnet-4-5", "mistral-large-latest", "in-house/courier-7b"], 0.14),
}
COMPANIES = ["Alder & Co", "Borealis", "Casa Verde", "Dunlin Labs", "Ekström", "Fjord Freight", "Glasshouse", "Hibiscus",
             "Ibex Travel", "Juniper Bank", "Kestrel Air", "Лимон"]
COMPANY_WEIGHTS = [18, 14, 11, 9, 8, 7, 6, 5, 4, 3, 2, 2]
PLANS = ["enterprise", "enterprise", "pro", "pro", "pro", "starter", "starter", "free", "free", "pro", "starter", "free"]
NAMES = ["ada", "ben", "chen", "dalia", "emre", "fatima", "goran", "hana", "ivan", "jana", "kofi", "lena", "marta", "noor",
         "olga", "pablo", "quinn", "rosa", "sven", "tomas"]
QUESTIONS = [
    "Where is my order {order}? It was due on Tuesday.",
    "I was charged twice for invoice {order}. Please refund one of the payments.",
    "How do I change the delivery address of order {order}?",
    "Können Sie mir sagen, warum die Lieferung {order} verspätet ist?",
    "The export of report {order} fails with a timeout. What can I do?",
    "¿Puedo devolver el pedido {order} sin la caja original?",
]
ANSWERS = [
    "I looked it up: {order} left our warehouse yesterday and should reach you on Thursday.",
    "I am sorry about that. I have refunded the second payment; it will be on your account in three days.",
    "Done. The parcel now goes to the new address, and you will get a new confirmation.",
    "Die Sendung {order} hängt im Zoll. Ich habe nachgehakt und melde mich bis morgen Mittag.",
    "The report is larger than the export allows. Please choose a shorter period, or ask for a scheduled export.",
    "Sí, puede devolverlo dentro de 30 días; le he enviado la etiqueta por correo.",
]
# feature: questions with their answers, for calls of one step
TASKS = {
    "summarise": [
        ("Summarise the attached shipping contract in three points.",
         "1. It covers loss and delay. 2. Liability ends at 500 EUR. 3. Either side may end it with 30 days' notice."),
        ("Fasse die Beschwerde {order} in zwei Sätzen zusammen.",
         "Das Paket kam vier Tage zu spät an. Die Kundin wünscht eine Gutschrift über die Versandkosten."),
    ],
    "search": [
        ("Which of these offers covers water damage?", "Offers 2 and 3 cover water damage; offer 1 excludes it."),
        ("Find the terms for returns without a box.", "Section 4: returns are free within 30 days, with or without a box."),
    ],
    "code-review": [
        ("Review this change: it retries the booking {order} when the carrier is offline.",
         "The retry has no limit: add one, and log each try. Otherwise it looks good."),
        ("Review this change: prices are now kept as floats.",
         "Please keep whole cents: floats lose money when many are added. The tests should cover rounding."),
    ],
}
TOOLS = ["search_orders", "get_invoice", "create_refund", "send_email"]
ERRORS = {
    429: "Rate limit reached for model on tokens per min (TPM): Limit 400000, Used 398211",
    500: "The server had an error while processing your request. Sorry about that!",
    503: "Overloaded",
    400: "This model's maximum context length is 128000 tokens. However, your messages resulted in 131842 tokens.",
    408: "Request timed out.",
}


def make_uuid(version=4):
    number = R.getrandbits(128)
    return str(uuid.UUID(int=number, version=version))


def log_normal(median, sigma):
    return median * math.exp(sigma * R.gauss(0, 1))


def iso(time):
    return time.isoformat(timespec="microseconds")


class User:
    def __init__(self, index):
        company = R.choices(range(len(COMPANIES)), COMPANY_WEIGHTS)[0]
        self.company = COMPANIES[company]
        self.name = NAMES[index % len(NAMES)]
        self.distinct_id = f"{self.name}{index}@{''.join(c for c in self.company.lower() if c.isascii() and c.isalpha()) or 'limon'}.example"
        self.person_id = make_uuid()
        self.properties = {"email": self.distinct_id, "name": self.name.title(), "plan": PLANS[company],
                           "country": R.choice(["DE", "US", "FR", "ES", "SE", "IN"])}


class Dump:
    def __init__(self):
        self.rows = []

    def add(self, time, event, properties, user, distinct_id=None):
        properties = dict(properties)
        anonymous = distinct_id is not None
        if not anonymous:
            properties["$groups"] = {"company": user.company}
            properties["$group_0"] = user.company
        else:
            properties["$process_person_profile"] = False
        properties.update({"$lib": "posthog-node", "$lib_version": "5.70.0", "$is_server": True})
        created = time + datetime.timedelta(milliseconds=R.randint(150, 2500))
        self.rows.append((created, {
            "uuid": make_uuid(), "timestamp": iso(time), "created_at": iso(created), "event": event,
            "properties": properties, "distinct_id": distinct_id or user.distinct_id, "elements_chain": "",
            "person_properties": {} if anonymous else user.properties,
            "person_id": make_uuid() if anonymous else user.person_id}))


def usage_and_cost(model, big):
    provider, _, prices, _, _, exclusive = MODELS[model]
    tokens = int(log_normal(2400 if big else 700, 0.8)) + 20
    output = int(log_normal(260 if big else 140, 0.7)) + 1
    read = tokens * R.randint(40, 85) // 100 // 64 * 64 if R.random() < 0.45 else 0
    write = int(log_normal(1100, 0.4)) if exclusive and read and R.random() < 0.3 else 0
    properties = {"$ai_input_tokens": tokens - read if exclusive else tokens, "$ai_output_tokens": output}
    if read:
        properties["$ai_cache_read_input_tokens"] = read
    if write:
        properties["$ai_cache_creation_input_tokens"] = write
    if prices:
        # Whole picodollars, so that the parts add up exactly.
        rate_in, rate_out, rate_read, rate_write = (round(price * 1e6) for price in prices)
        cost_in = (tokens - read) * rate_in + read * rate_read + write * rate_write
        cost_out = output * rate_out
        for key, pico in (("input", cost_in), ("output", cost_out), ("total", cost_in + cost_out)):
            properties[f"$ai_{key}_cost_usd"] = pico / 1e12
        properties["$ai_model_cost_used"] = model
    return properties, output


def generation(dump, at, user, trace, session, model, feature, question, answer, span, parent, distinct_id=None,
               tools_called=()):
    provider, url, _, first_token, speed, _ = MODELS[model]
    big = feature in ("code-review", "support-agent")
    properties = {
        "$ai_lib": "posthog-ai", "$ai_lib_version": "8.13.1", "$ai_trace_id": trace, "$ai_session_id": session,
        "$ai_span_id": span, "$ai_parent_id": parent, "$ai_provider": provider, "$ai_model": model,
        "$ai_base_url": url, "$ai_span_name": feature,
        "feature": feature, "environment": "production" if R.random() < 0.92 else "staging",
        "$ai_input": [{"role": "system", "content": f"You are the {feature} assistant of a parcel service."},
                      {"role": "user", "content": question}],
    }
    stream = R.random() < 0.6
    properties["$ai_model_parameters"] = {"temperature": 0.2, "max_tokens": 2048, "stream": stream}
    slow = SLOW_FACTOR if model == SLOW_MODEL and SLOW_FROM <= at < SLOW_TO else 1
    chance = 0.06 if provider == "mistral" else 0.018
    if R.random() < chance:
        status = R.choices(list(ERRORS), [40, 20, 20, 12, 8])[0]
        latency = 30.0 if status == 408 else log_normal(0.3, 0.6)
        properties.update({"$ai_http_status": status, "$ai_is_error": True, "$ai_output_choices": [],
                           "$ai_error": json.dumps({"name": "APIError", "status": status, "message": ERRORS[status]})})
    else:
        usage, output = usage_and_cost(model, big)
        wait = log_normal(first_token, 0.35) * slow
        latency = wait + output / speed * math.exp(0.18 * R.gauss(0, 1)) * slow
        content = [{"type": "text", "text": answer}] if answer else []
        for tool in tools_called:
            content.append({"type": "function", "id": "call_" + make_uuid()[:8],
                            "function": {"name": tool, "arguments": {"order_id": question.split()[-1].strip("?.")}}})
        properties.update(usage)
        properties.update({"$ai_http_status": 200, "$ai_stop_reason": "tool_calls" if tools_called else "stop",
                           "$ai_output_choices": [{"role": "assistant", "content": content}]})
        if tools_called:
            properties["$ai_tools"] = [{"type": "function", "function": {"name": tool, "parameters": {"type": "object"}}}
                                       for tool in TOOLS]
            properties["$ai_tools_called"] = ",".join(tools_called)
            properties["$ai_tool_call_count"] = len(tools_called)
        if stream:
            properties["$ai_time_to_first_token"] = round(wait, 3)
    properties["$ai_latency"] = round(latency, 3)
    properties["$ai_stream"] = stream
    end = at + datetime.timedelta(seconds=latency)
    dump.add(end, "$ai_generation", properties, user, distinct_id)
    return end, not properties.get("$ai_is_error", False)


def span_event(dump, at, seconds, user, trace, session, name, span, parent, state, failed=False):
    end = at + datetime.timedelta(seconds=seconds)
    properties = {"$ai_trace_id": trace, "$ai_session_id": session, "$ai_span_id": span, "$ai_parent_id": parent,
                  "$ai_span_name": name, "$ai_latency": round(seconds, 3), "$ai_input_state": state}
    if failed:
        properties.update({"$ai_is_error": True, "$ai_error": "tool failed: upstream answered 502"})
    else:
        properties["$ai_output_state"] = {"found": R.randint(1, 4)}
    dump.add(end, "$ai_span", properties, user)
    return end


def agent_trace(dump, at, user, session):
    """A question, a tool or two, and an answer."""
    trace, root = make_uuid(), make_uuid()
    order = f"A-{R.randint(1000, 9999)}"
    index = R.randrange(len(QUESTIONS))
    model = R.choices(FEATURES["support-agent"][0], [3, 2])[0]
    start = at
    calls = R.sample(TOOLS, R.choice([1, 1, 2]))
    at, ok = generation(dump, at, user, trace, session, model, "support-agent", QUESTIONS[index].format(order=order), "",
                        make_uuid(), root, tools_called=calls)
    if ok:
        for tool in calls:
            at = span_event(dump, at, log_normal(0.12, 0.7), user, trace, session, f"tool: {tool}", make_uuid(), root,
                            {"order_id": order}, R.random() < 0.02)
        at, ok = generation(dump, at, user, trace, session, model, "support-agent",
                            QUESTIONS[index].format(order=order), ANSWERS[index].format(order=order), make_uuid(), root)
    dump.add(at, "$ai_trace", {"$ai_trace_id": trace, "$ai_session_id": session, "$ai_span_id": root,
                               "$ai_span_name": "support-agent", "$ai_input_state": {"question": order},
                               "$ai_is_error": not ok}, user)
    if R.random() < 0.12:
        dump.add(at + datetime.timedelta(seconds=R.randint(5, 200)), "$ai_feedback",
                 {"$ai_trace_id": trace, "$ai_feedback_text": R.choice(["Thank you, that helped", "wrong order", "👍"])},
                 user)
    if R.random() < 0.2:
        dump.add(at + datetime.timedelta(seconds=2), "$ai_metric",
                 {"$ai_trace_id": trace, "$ai_metric_name": "quality", "$ai_metric_value": round(R.random(), 3)}, user)


def simple_trace(dump, at, user, session, feature):
    trace = make_uuid()
    model = R.choice(FEATURES[feature][0])
    distinct_id = trace if R.random() < 0.04 else None
    if feature == "search":
        provider, url, prices, _, _, _ = MODELS["text-embedding-3-small"]
        tokens = R.randint(6, 60)
        seconds = log_normal(0.12, 0.3)
        at += datetime.timedelta(seconds=seconds)
        dump.add(at, "$ai_embedding", {
            "$ai_trace_id": trace, "$ai_session_id": session, "$ai_span_id": make_uuid(), "$ai_parent_id": trace,
            "$ai_provider": provider, "$ai_model": "text-embedding-3-small", "$ai_base_url": url,
            "$ai_input": "parcel insurance terms", "$ai_input_tokens": tokens, "$ai_latency": round(seconds, 3),
            "$ai_http_status": 200, "$ai_total_cost_usd": tokens * round(prices[0] * 1e6) / 1e12,
            "feature": feature}, user, distinct_id)
    order = f"R-{R.randint(100, 999)}"
    question, answer = R.choice(TASKS[feature])
    generation(dump, at, user, trace, session, model, feature, question.format(order=order), answer, make_uuid(), trace,
               distinct_id)


def main(path):
    dump = Dump()
    users = [User(i) for i in range(64)]
    weights = [1 / (i + 3) for i in range(len(users))]
    for company, plan in zip(COMPANIES, PLANS):
        owner = next((u for u in users if u.company == company), users[0])
        dump.add(START, "$groupidentify", {"$group_type": "company", "$group_key": company,
                                           "$group_set": {"name": company, "plan": plan,
                                                          "seats": R.randint(5, 400)}}, owner)
    for user in users:
        dump.add(START + datetime.timedelta(minutes=R.randint(1, 300)), "$identify", {"$set": user.properties}, user)
    for day in range(DAYS):
        date = START + datetime.timedelta(days=day)
        weekend = date.weekday() >= 5
        visits = int((13 if weekend else 40) * (1 + 0.5 * day / DAYS) * math.exp(0.08 * R.gauss(0, 1)))
        # The slow afternoon was a busy one: enough calls to see it.
        slow_day = date.date() == SLOW_FROM.date()
        for visit in range(visits + (25 if slow_day else 0)):
            hour = R.uniform(13, 17.3) if slow_day and visit >= visits else min(23.5, max(0.2, R.gauss(14, 3.6)))
            at = date + datetime.timedelta(hours=hour)
            user = R.choices(users, weights)[0]
            session = "s-" + make_uuid()[:12]
            feature = R.choices(list(FEATURES), [share for _, share in FEATURES.values()])[0]
            for _ in range(R.choice([1, 1, 1, 2, 3])):
                if feature == "support-agent":
                    agent_trace(dump, at, user, session)
                else:
                    simple_trace(dump, at, user, session, feature)
                at += datetime.timedelta(seconds=R.randint(20, 400))
    dump.rows.sort(key=lambda row: (row[0], row[1]["uuid"]))
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for _, row in dump.rows)
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=9) as stream:
        stream.write(text.encode())
    with open(path, "wb") as file:
        file.write(packed.getvalue())
    print(f"{len(dump.rows)} events, {len(text)} bytes, {len(packed.getvalue())} packed")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "resources/sample/sample.jsonl.gz")
