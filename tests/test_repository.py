"""The repository keeps the shape that was decided: layers, names, nothing of a machine, no unmarked Japanese."""

import ast
import functools
import operator
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {"directory": 0, "search": 1, "matching": 2, "website": 2}
# Kana and kanji; the middle dot and the long mark alone are signs, not words.
JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")


def tracked(*patterns: str) -> list[Path]:
    """Files git knows or would take, so that a test also sees what is about to be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_site_is_a_plain_folder_that_git_sees() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    ignored = subprocess.run(
        ["git", "check-ignore", "site/website/urls.py"], cwd=ROOT, capture_output=True, check=False
    )
    assert ignored.returncode == 1
    assert not (ROOT / "mkdocs.yml").exists()


def test_the_package_named_matching_on_pypi_is_never_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + functools.reduce(operator.iadd, project["optional-dependencies"].values(), [])
    assert not [line for line in wanted if re.match(r"matching\b", line)]


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    lines = [line.strip() for line in block.splitlines() if line.strip().startswith('"')]
    without = [line for line in lines if "#" not in line]
    # The dictionary belongs to the line above it.
    assert not [line for line in without if not line.startswith('"sudachidict')]


def test_versions_are_pinned_without_addresses() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line), line


@pytest.mark.parametrize("path", tracked("*"), ids=relative)
def test_no_file_names_this_machine_or_a_registry(path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    forbidden = [
        "/wo" + "rk/",
        "/ro" + "ot/",
        "pypi" + ".org",
        "registry.npm" + "js",
        "repo1.ma" + "ven",
        "deb.deb" + "ian",
    ]
    if path.name == "LICENSE" or path == Path(__file__):
        return
    assert not [word for word in forbidden if word in text]


@pytest.mark.parametrize("path", tracked("*.py", "*.html", "*.css", "*.js"), ids=relative)
def test_files_stay_short(path: Path) -> None:
    if "/migrations/" in relative(path) or "/vendor/" in relative(path):
        return
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 440, "split it by noun"


@pytest.mark.parametrize("path", tracked("*.py"), ids=relative)
def test_every_module_says_what_is_found_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not text.strip() or "/migrations/" in relative(path):
        return
    assert ast.get_docstring(ast.parse(text)), "a file opens with one sentence"


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in tracked("tests/**/*.py", "tests/*.py")}
    assert not [relative(folder) for folder in folders if not (folder / "__init__.py").exists()]


def test_models_point_downwards_only() -> None:
    for model in apps.get_models():
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if own not in LAYERS or not getattr(field, "concrete", False) or target is None or isinstance(target, str):
                continue
            other = target._meta.app_label
            if other in LAYERS and other != own:
                assert LAYERS[other] < LAYERS[own], f"{model.__name__}.{field.name} points at {target.__name__}"


@pytest.mark.parametrize("path", tracked("templates/**/*.html", "templates/*.html"), ids=relative)
def test_templates_include_downwards_only(path: Path) -> None:
    names = re.findall(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    own = relative(path).split("/")[1]
    for name in names:
        other = name.split("/")[0]
        if own in LAYERS and other in LAYERS and other != own:
            assert LAYERS[other] < LAYERS[own], f"{relative(path)} includes {name}"


@pytest.mark.parametrize("path", tracked("templates/**/*.html", "templates/*.html"), ids=relative)
def test_templates_hold_nothing_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for pattern in (
        r"\splaceholder=",
        r"\sdisabled[\s>]",
        r"\sreadonly[\s>]",
        r"\sstyle=\"",
        r"\son[a-z]+=\"",
        r"<script>",
    ):
        assert not re.search(pattern, text), pattern


@pytest.mark.parametrize("path", tracked("templates/**/*.html", "templates/*.html"), ids=relative)
def test_japanese_in_templates_is_marked(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    text = re.sub(r"{%\s*blocktrans(late)?\b.*?endblocktrans(late)?\s*%}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->", "", text, flags=re.S)
    found = [line.strip() for line in text.splitlines() if JAPANESE.search(line)]
    assert not found


class Unmarked(ast.NodeVisitor):
    """Japanese strings that stand outside a gettext call, docstrings aside."""

    MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in self.MARKS:
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        # A single character is a unit or the edge of a range, never a sentence.
        if isinstance(node.value, str) and len(node.value) > 1 and JAPANESE.search(node.value):
            self.found.append(f"{node.lineno}: {node.value[:40]}")


SCREEN = re.compile(r"(forms|views|actions|choices|permissions|emails|models)")


@pytest.mark.parametrize(
    "path",
    list(tracked("site/**/*.py", "directory/**/*.py", "matching/**/*.py", "search/*.py")),
    ids=relative,
)
def test_japanese_in_code_is_marked(path: Path) -> None:
    if not SCREEN.search(relative(path)) or "/migrations/" in relative(path):
        return
    visitor = Unmarked()
    visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
    assert not visitor.found
