#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Genscope developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes bundled.json, the price book that ships with Genscope, from public price lists.

    make_bundled.py --posthog llm-costs.json --genai-prices prices.json --models-dev models-dev.json \\
                    --litellm model_prices.json --date 2026-09-22 --out bundled.json --readme README.md

The lists state facts (what a provider charges); they are, in the order in which they are believed:

1. --posthog       PostHog's own table, `nodejs/src/ingestion/pipelines/ai/costs/providers/llm-costs.json` of
                   PostHog/posthog, or a part of it: Genscope is to show what PostHog shows.
2. --genai-prices  `prices/data.json` of pydantic/genai-prices (MIT): kept by hand, with tiers and dated prices. A
                   maker's own list goes before OpenRouter's price of the same model; OpenRouter's is taken for
                   open-weight models, which have no maker's price, and for Perplexity, whose own request fee
                   depends on a search context size that events do not tell.
3. --models-dev    models.dev as packaged by tokenlens (MIT).
4. --litellm       LiteLLM's table as packaged by tokencost (MIT): the oldest, but it lists fine-tuned and dated
                   snapshots and embeddings that the others leave out.

A lower list never changes a price. It adds a model only where the ones above give it no price, or, by Genscope's name
matching, that of another model; and it adds an optional rate (cache, audio, image) to a price that has none, where
both agree on what a prompt and a completion token cost. Context tiers are added so only from list 2, because list 1
has no way to say that there is none. The manual table is PostHog's own (`manual-providers.ts`).

Where genai-prices has prices with start dates, each becomes a period of the model's price, if the one in force on --date
is the price that is taken. Of prices by the hour, that of most hours of the day is taken.
Prices of audio hours, pages, images and the like are left out: no token count tells them.

Where lists disagree on what a token of a model costs, --readme gets a table of both prices and which was taken.

The output depends on nothing but the input, so a new one differs from the old only where prices changed.
"""

import argparse
import json
import re
from decimal import Decimal

MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1_000)

# USD per million tokens: prompt, completion, cache read.
MANUAL = {
    "claude-2": ("8", "24", None),
    "deepseek-v3-fireworks": ("0.90", "0.90", None),
    "gemini-2.5-pro-preview:large": ("2.50", "15", "0.625"),
    "gpt-4.5": ("75", "150", None),
    "mistral-large-latest": ("2", "6", None),
    "mistral-small-3.2": ("0.10", "0.30", None),
    "text-embedding-3-large": ("0.13", "0", None),
    "text-embedding-3-small": ("0.02", "0", None),
    "text-embedding-ada-002": ("0.10", "0", None),
}

# genai-prices' providers whose own list is taken, and the vendor in our model ids (OpenRouter's spelling).
MAKERS = {
    "openai": "openai", "anthropic": "anthropic", "google": "google", "mistral": "mistralai", "cohere": "cohere",
    "deepseek": "deepseek", "x-ai": "x-ai", "moonshotai": "moonshotai", "voyageai": "voyageai", "groq": "groq",
}
# OpenRouter's vendors that are listed.
OPENROUTER_VENDORS = {
    "amazon", "anthropic", "cohere", "deepseek", "google", "meta-llama", "microsoft", "minimax", "mistralai",
    "moonshotai", "nvidia", "openai", "perplexity", "qwen", "x-ai", "z-ai",
}
# Hosts of other makers' models: genai-prices' provider to PostHog's provider key.
HOSTS = {"azure": "azure", "cerebras": "cerebras", "fireworks": "fireworks", "groq": "groq", "together": "together"}

MODELS_DEV_VENDORS = {
    "openai": "openai", "anthropic": "anthropic", "google": "google", "mistral": "mistralai", "deepseek": "deepseek",
    "xai": "x-ai", "moonshotai": "moonshotai", "alibaba": "qwen", "groq": "groq", "amazon-bedrock": "bedrock",
}
LITELLM_VENDORS = {
    "openai": "openai", "anthropic": "anthropic", "gemini": "google", "vertex_ai-embedding-models": "google",
    "mistral": "mistralai", "cohere": "cohere", "cohere_chat": "cohere", "deepseek": "deepseek", "xai": "x-ai",
    "voyage": "voyageai", "bedrock": "bedrock",
}
# Models retired before PostHog knew AI events (2025), names that are parts of too many others, and
# gemini-2.5-pro-preview, which PostHog's rules price by names of its own.
RETIRED = re.compile(
    r"(ada|babbage|curie|davinci|text-davinci.*|palm-2.*|textembedding-gecko.*|.*-preview-0409|gemini-1\.0.*|gemini-pro.*"
    r"|gemini-2\.5-pro-preview.*"
    r"|gemini-gemma.*|claude-v1|claude-instant.*|voyage-(0|2|law|large-2|lite|multilingual|finance).*|(code)?llama-?2.*"
    r"|llama3-groq.*|gemma-7b.*|wizardlm.*|phi-3.*|llama-3\.[12]-.*preview|grok-(vision-)?beta"
    r"|embed-.*-v2\.0|gpt-3\.5-0301|codestral-(mamba|2405)|.*specdec|.*guard.*)$")
# Aliases that move on: an older list knows a former price of them.
MOVING = re.compile(r"latest|exp|preview$")

GENAI_RATES = {
    "input_mtok": ("prompt_token", MILLION), "output_mtok": ("completion_token", MILLION),
    "cache_read_mtok": ("cache_read_token", MILLION), "cache_write_mtok": ("cache_write_token", MILLION),
    "cache_write_1h_mtok": ("cache_write_1h_token", MILLION), "input_audio_mtok": ("audio", MILLION),
    "output_audio_mtok": ("audio_output", MILLION), "cache_audio_read_mtok": ("input_audio_cache", MILLION),
    "input_image_mtok": ("image", MILLION), "output_image_mtok": ("image_output", MILLION),
    "requests_kcount": ("request", THOUSAND), "web_searches_kcount": ("web_search", THOUSAND),
}
MODELS_DEV_RATES = {
    "input": "prompt_token", "output": "completion_token", "cache_read": "cache_read_token",
    "cache_write": "cache_write_token",
}
LITELLM_RATES = {
    "input_cost_per_token": "prompt_token", "output_cost_per_token": "completion_token",
    "cache_read_input_token_cost": "cache_read_token", "cache_creation_input_token_cost": "cache_write_token",
    "input_cost_per_audio_token": "audio", "output_cost_per_audio_token": "audio_output",
}
RATE_ORDER = [
    "prompt_token", "completion_token", "cache_read_token", "cache_write_token", "cache_write_1h_token", "request",
    "web_search", "image", "image_output", "audio", "audio_output", "input_audio_cache",
]


# ---------------------------------------------------------------------------------------------------- name matching

def hyphenated(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def without_path(name):
    return name.rsplit("/", 1)[-1]


def variants(name):
    spellings = [name.lower(), hyphenated(name), without_path(name.lower()), hyphenated(without_path(name))]
    return [s for s in dict.fromkeys(spellings) if s]


class Book:
    """The rows by model id, in both of PostHog's ways of finding one."""

    def __init__(self):
        self.rows = {}
        self.known = {}
        self.sources = {}
        self.disagreements = {}

    def add(self, model, cost, source):
        self.rows[model] = cost
        self.known[model] = variants(model)
        self.sources[model] = source

    def compare(self, model, rates, source):
        """Notes where a list knows another price of the same model."""
        default = self.rows[model]["default"]
        if not same_price(default, rates) and source != self.sources[model]:
            self.disagreements.setdefault((model, source), rates)

    def find(self, name):
        """The id of the row that a model name is priced by (posthog: exact, longest inside, first around)."""
        spellings = variants(name)
        if name.lower() in self.rows:
            return name.lower()
        inside = [(-len(known), model) for model, all_known in self.known.items() for known in all_known
                  if any(known in spelling for spelling in spellings)]
        if inside:
            return min(inside)[1]
        around = [model for model, all_known in self.known.items()
                  if any(spelling in known for spelling in spellings for known in all_known)]
        return min(around, default=None)

    def same_name(self, model):
        """The id of the row for the same vendor and name, however it is punctuated."""
        return next((other for other in self.rows if hyphenated(other) == hyphenated(model)), None)

    def add_if_priced_otherwise(self, model, rates, source):
        """Adds a row of a lower list; or what it knows further of a price that is already there."""
        if found := self.same_name(model):
            self.compare(found, rates, source)
            complete(self.rows[found], rates)
            return
        found = self.find(without_path(model))
        if not found or not same_price(self.rows[found]["default"], rates):
            self.add(model.lower(), {"default": rates}, source)

    def add_from_older_list(self, model, rates, source):
        if RETIRED.match(without_path(model)):
            return
        if self.same_name(model) or not MOVING.search(model) or not self.find(without_path(model)):
            self.add_if_priced_otherwise(model, rates, source)


# ------------------------------------------------------------------------------------------------------------ rates

def rounded(value):
    """PostHog keeps 10 significant digits; some lists carry the dust of binary arithmetic."""
    value = Decimal(value)
    return +value if not value else Decimal(f"{value:.9e}")


def priced(rates):
    """Rates that can stand on their own, or None. A model that is free everywhere is one nobody knows the price of."""
    if not rates.get("prompt_token"):
        return None
    rates.setdefault("completion_token", Decimal(0))
    return {key: value for key, value in rates.items()
            if value or key in ("prompt_token", "completion_token")}


def same_price(a, b):
    return all(a[key] == b[key] for key in ("prompt_token", "completion_token"))


def complete(cost, rates, with_tiers=False):
    """Adds optional rates to every provider's price that agrees on the tokens."""
    for known in cost.values():
        if same_price(known, rates):
            for key, value in rates.items():
                if key != "context_tiers" or with_tiers:
                    known.setdefault(key, value)


def genai_prices_in_force(prices, date):
    if not isinstance(prices, list):
        return prices
    current, hours_of = {}, {}
    for entry in prices:
        constraint = entry.get("constraint")
        if not constraint or (constraint["type"] == "start_date" and constraint["start_date"] <= date):
            current = entry["prices"]
        elif constraint["type"] == "time_of_date":
            start, end = (int(constraint[key][:2]) * 60 + int(constraint[key][3:5]) for key in ("start_time", "end_time"))
            text = json.dumps(entry["prices"], default=str, sort_keys=True)
            hours, _ = hours_of.get(text, (0, None))
            hours_of[text] = (hours + ((end - start) % 1440) / 60, entry["prices"])
    return next((timed for hours, timed in hours_of.values() if hours > 12), current)


def genai_rates(prices, date):
    """The rates in force on the date; with the key `periods`, those of all times, if the price changes."""
    rates = genai_rates_on(prices, date)
    constraints = [entry.get("constraint") or {} for entry in prices] if isinstance(prices, list) else []
    starts = sorted({each["start_date"] for each in constraints if each.get("type") == "start_date"})
    if not rates or not starts:
        return rates
    bounds = [None] + starts + [None]
    periods = []
    for start, end in zip(bounds, bounds[1:]):
        known = genai_rates_on(prices, start or "0000-00-00")
        if known and periods and periods[-1]["rates"] == known:
            periods[-1]["to"] = end
        elif known:
            periods.append({"from": start, "to": end, "rates": known})
    if len(periods) > 1:
        rates["periods"] = periods
    return rates


def genai_rates_on(prices, date):
    rates, tiers = {}, {}
    for key, value in genai_prices_in_force(prices, date).items():
        if key not in GENAI_RATES:
            continue
        name, unit = GENAI_RATES[key]
        if isinstance(value, dict):
            for tier in value["tiers"]:
                tiers.setdefault(tier["start"], {})[name] = rounded(Decimal(tier["price"]) / unit)
            value = value["base"]
        rates[name] = rounded(Decimal(value) / unit)
    rates = priced(rates)
    if rates and tiers:
        rates["context_tiers"] = [{"min_input_tokens": start, **tiers[start]} for start in sorted(tiers)]
    return rates


def models_dev_rates(cost):
    return priced({name: rounded(Decimal(cost[key]) / MILLION) for key, name in MODELS_DEV_RATES.items() if key in cost})


def litellm_rates(entry):
    rates = priced({name: rounded(Decimal(entry[key])) for key, name in LITELLM_RATES.items() if entry.get(key)})
    for thousands in (128, 200):
        tier = {name: rounded(Decimal(entry[f"{key}_above_{thousands}k_tokens"]))
                for key, name in LITELLM_RATES.items() if entry.get(f"{key}_above_{thousands}k_tokens")}
        if rates and tier:
            rates["context_tiers"] = [{"min_input_tokens": thousands * 1000, **tier}]
    return rates


# ------------------------------------------------------------------------------------------------------------ lists

def literals(match, kind):
    """The names in a match clause of genai-prices, at any depth of `or`."""
    if kind in match:
        return [match[kind]]
    return [name for part in match.get("or", []) for name in literals(part, kind)]


def plain_name(model):
    """genai-prices calls a family by its newest alias: `claude-3-5-haiku-latest` for all of `claude-3-5-haiku`."""
    name = model["id"]
    short = name.removesuffix("-latest")
    return short if short in literals(model["match"], "starts_with") else name


def add_posthog(book, rows):
    for row in rows:
        known = {provider: {key: rounded(value) for key, value in rates.items() if key in RATE_ORDER}
                 for provider, rates in row["cost"].items()}
        book.add(row["model"], known, "PostHog")


def add_genai(book, providers, date):
    models = {provider["id"]: provider["models"] for provider in providers}
    listed = [m for m in models["openrouter"]
              if m["id"].split("/")[0] in OPENROUTER_VENDORS and "/" in m["id"] and ":" not in m["id"]]
    spelling = {hyphenated(m["id"]): m["id"] for m in listed}
    posthog = set(book.rows)

    def add(model, prices):
        rates = genai_rates(prices, date)
        if not rates:
            return
        found = book.same_name(model)
        if found:
            book.compare(found, rates, "genai-prices")
            complete(book.rows[found], rates, with_tiers=found in posthog)
        else:
            book.add(spelling.get(hyphenated(model), model).lower(), {"default": rates}, "genai-prices")

    aliases = []
    for provider, vendor in MAKERS.items():
        for model in sorted(models[provider], key=lambda m: m["id"]):
            name = plain_name(model)
            if ":free" in name or RETIRED.match(name) or (provider == "groq" and "/" in name):
                continue
            if provider == "google" and name.startswith("claude"):
                continue
            add(f"{vendor}/{name}", model["prices"])
            aliases += [(vendor, alias, model["prices"]) for alias in literals(model["match"], "equals")]
    for model in sorted(listed, key=lambda m: m["id"]):
        if not RETIRED.match(without_path(model["id"])):
            add(model["id"], model["prices"])
    for vendor, alias, prices in sorted(aliases, key=lambda a: (len(a[1]), a[1], a[0])):
        rates = genai_rates(prices, date)
        if rates and "/" not in alias and not RETIRED.match(alias) and ":free" not in alias:
            book.add_if_priced_otherwise(f"{vendor}/{alias}", rates, "genai-prices")
    add_hosts(book, models, date)
    add_bedrock(book, models["aws"], date)


def add_hosts(book, models, date):
    for provider, key in HOSTS.items():
        for model in models[provider]:
            rates = genai_rates(model["prices"], date)
            same = [m for m in book.rows if hyphenated(without_path(m)) == hyphenated(without_path(model["id"]))]
            if rates and len(same) == 1 and not any(known.startswith(key) for known in book.rows[same[0]]):
                default = book.rows[same[0]]["default"]
                if any(default.get(name) != value for name, value in rates.items()):
                    book.rows[same[0]][key] = rates


def add_bedrock(book, models, date):
    """Bedrock sells at a regional and a global price, which the inference profile tells apart. Models that are the
    makers' own get Bedrock's price under its provider key; the others have names of their own there."""
    makers = {"amazon.nova": "amazon/", "anthropic.": "anthropic/", "openai.": "openai/", "qwen.": "qwen/"}
    regional = {}
    for model in sorted(models, key=lambda m: m["id"]):
        region, _, name = model["id"].partition(".")
        if region not in ("global", "regional"):
            region, name = "regional", model["id"]
        rates = genai_rates(model["prices"], date)
        if rates:
            regional.setdefault(name, {})[region] = rates
    for name, by_region in sorted(regional.items(), key=lambda item: (len(item[0]), item[0])):
        row = book.find(name)
        maker = next((vendor for prefix, vendor in makers.items() if name.startswith(prefix)), None)
        if maker and row and row.startswith(maker):
            cost = book.rows[row]
            differs = any(not same_price(cost["default"], rates) for rates in by_region.values())
            if not differs:
                for rates in by_region.values():
                    complete(cost, rates)
            elif not any(key.startswith("amazon-bedrock") for key in cost):
                for region, rates in sorted(by_region.items()):
                    cost["amazon-bedrock" if region == "regional" else "amazon-bedrock-global"] = rates
        else:
            vendor = "amazon" if name.startswith("amazon.") else "bedrock"
            book.add_if_priced_otherwise(f"{vendor}/{name}", by_region.get("regional") or by_region["global"],
                                         "genai-prices")


def add_models_dev(book, providers):
    for provider, vendor in MODELS_DEV_VENDORS.items():
        for name, model in sorted(providers[provider]["models"].items(), key=lambda item: (len(item[0]), item[0])):
            rates = models_dev_rates(model.get("cost", {}))
            if rates and "/" not in name and not name.startswith("anthropic."):
                book.add_from_older_list(f"{vendor}/{name}", rates, "models.dev")


def add_litellm(book, models):
    for name, entry in sorted(models.items(), key=lambda item: (len(item[0]), item[0])):
        vendor = LITELLM_VENDORS.get(entry.get("litellm_provider"))
        if not vendor or entry.get("mode") not in ("chat", "responses", "embedding"):
            continue
        plain = without_path(name) if name.split("/")[0] in ("gemini", "mistral", "xai", "voyage", "perplexity",
                                                             "deepseek", "openai", "cohere") else name
        if "/" in plain or (vendor == "bedrock" and not plain.startswith(("amazon.", "cohere."))):
            continue
        rates = litellm_rates(entry)
        if rates:
            book.add_from_older_list(f"{'amazon' if plain.startswith('amazon.') else vendor}/{plain}", rates, "LiteLLM")


# ----------------------------------------------------------------------------------------------------------- output

def number(value):
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rates_json(rates):
    parts = [f'"{key}":{number(rates[key])}' for key in RATE_ORDER if key in rates]
    if "context_tiers" in rates:
        tiers = ",".join(
            "{" + f'"min_input_tokens":{tier["min_input_tokens"]},'
            + ",".join(f'"{key}":{number(tier[key])}' for key in RATE_ORDER if key in tier) + "}"
            for tier in rates["context_tiers"])
        parts.append(f'"context_tiers":[{tiers}]')
    return "{" + ",".join(parts) + "}"


def price_json(rates, date):
    """One price, or a list of those of all times. The one in force has what other lists know of it, too; of that, only
    the flat fees are taken to have been the same before."""
    periods = rates.get("periods")
    if not periods:
        return rates_json(rates)
    current = next(p for p in periods if (p["from"] or "") <= date and (not p["to"] or date < p["to"]))
    extra = {key: rates[key] for key in ("request", "web_search") if key in rates}
    parts = []
    for period in periods:
        known = rates if period is current else {**extra, **period["rates"]}
        bounds = "".join(f',"{key}":"{period[key]}"' for key in ("from", "to") if period[key])
        parts.append(rates_json(known)[:-1] + bounds + "}")
    return "[" + ",".join(parts) + "]"


def row_json(model, cost, source, date):
    keys = [key for key in ("default",) if key in cost] + sorted(key for key in cost if key != "default")
    providers = ",".join(f"{json.dumps(key)}:{price_json(cost[key], date)}" for key in keys)
    return f'{{"model":{json.dumps(model)},"source":{json.dumps(source)},"cost":{{{providers}}}}}'


def per_million(rates):
    return " / ".join(number(rates[key] * MILLION) for key in ("prompt_token", "completion_token"))


def write_readme(path, book, date):
    """Replaces what stands between the marks."""
    begin, end = "<!-- generated: begin -->", "<!-- generated: end -->"
    sources = {}
    for model in book.rows:
        sources[book.sources[model]] = sources.get(book.sources[model], 0) + 1
    dated = sum(1 for cost in book.rows.values() if any("periods" in rates for rates in cost.values()))
    lines = [begin, f"Prices of {date}: {len(book.rows)} models, and {len(MANUAL)} in PostHog's manual table. The price of a "
             "model was taken from " + ", ".join(f"{name} ({sources[name]})" for name in sorted(sources, key=lambda n: -sources[n]))
             + f". {dated} models have prices with dates.", "",
             f"Where lists disagree ({len(book.disagreements)} prices; USD per million tokens, prompt / completion):", "",
             "| model | taken | from | not taken | from |", "|---|---|---|---|---|"]
    for (model, source), rates in sorted(book.disagreements.items()):
        lines.append(f"| {model} | {per_million(book.rows[model]['default'])} | {book.sources[model]} | {per_million(rates)} | {source} |")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    before, rest = text.split(begin)
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + "\n".join(lines) + "\n" + end + rest.split(end)[1])


def manual_rates(prompt, completion, cache_read):
    rates = {"prompt_token": Decimal(prompt) / MILLION, "completion_token": Decimal(completion) / MILLION}
    if cache_read:
        rates["cache_read_token"] = Decimal(cache_read) / MILLION
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for source in ("posthog", "genai-prices", "models-dev", "litellm"):
        parser.add_argument(f"--{source}", required=True, metavar="FILE")
    parser.add_argument("--date", required=True, help="the day whose prices are taken, YYYY-MM-DD")
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.add_argument("--readme", metavar="FILE", help="gets the numbers and the disagreements, between its marks")
    args = parser.parse_args()

    def read(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file, parse_float=Decimal)

    book = Book()
    add_posthog(book, read(args.posthog))
    add_genai(book, read(args.genai_prices), args.date)
    add_models_dev(book, read(args.models_dev))
    add_litellm(book, read(args.litellm))

    manual = [row_json(model, {"default": manual_rates(*MANUAL[model])}, "PostHog", args.date) for model in sorted(MANUAL)]
    rows = [row_json(model, book.rows[model], book.sources[model], args.date) for model in sorted(book.rows)]
    with open(args.out, "w", encoding="utf-8") as file:
        file.write(f'{{\n"date":"{args.date}",\n"manual":[\n' + ",\n".join(manual))
        file.write('\n],\n"openrouter":[\n' + ",\n".join(rows) + "\n]\n}\n")
    if args.readme:
        write_readme(args.readme, book, args.date)


if __name__ == "__main__":
    main()
