"""Copies the front-end files that npm fetched into static, each with its licence."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "site" / "website" / "static" / "vendor"

# package → files that pages use
WANTED = {
    "@digital-go-jp/design-tokens": ["dist/tokens.css", "LICENSE"],
    "leaflet": [
        "dist/leaflet.js",
        "dist/leaflet.css",
        "dist/images/marker-icon.png",
        "dist/images/marker-icon-2x.png",
        "dist/images/marker-shadow.png",
        "LICENSE",
    ],
}


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, names in WANTED.items():
        folder = VENDOR / package.rpartition("/")[2]
        for name in names:
            target = folder / name.removeprefix("dist/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(MODULES / package / name, target)


if __name__ == "__main__":
    main()
