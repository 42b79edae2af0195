#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Genscope developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the English plural forms after lupdate: `%n file(s)` becomes `%n file` and `%n files`.

    lupdate -pluralonly -locations none -source-language en_US -target-language en_US src -ts translations/genscope_en.ts
    python3 translations/fill_english.py translations/genscope_en.ts
"""
import re
import sys
import xml.etree.ElementTree as ET


def form(source, plural):
    return re.sub(r"\((s|es)\)", r"\1" if plural else "", source)


def main(path):
    tree = ET.parse(path)
    for message in tree.iter("message"):
        translation = message.find("translation")
        source = message.find("source").text
        if message.get("numerus") != "yes" or translation.get("type") == "vanished":
            continue
        translation.attrib.pop("type", None)
        for child in list(translation):
            translation.remove(child)
        for plural in (False, True):
            ET.SubElement(translation, "numerusform").text = form(source, plural)
    ET.indent(tree, "    ")
    with open(path, "wb") as file:
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n')
        tree.write(file, encoding="utf-8")
        file.write(b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
