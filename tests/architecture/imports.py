"""Which module of a package imports which, read from the source by `ast`, and the circles among them."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.architecture.layout import python_files

Graph = dict[str, set[str]]
"""Modules by name, each with those of the same package that it imports."""


def modules_of(package: Path) -> dict[str, Path]:
    """Files by the name they are imported under."""
    found = {}
    for path in python_files(package):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_on_loading(package: Path) -> Graph:
    """Imports that are executed when a module is loaded: a circle of them ends in an ImportError for somebody."""
    return _graph(package, later=False)


def all_imports(package: Path) -> Graph:
    """Imports for annotations (under TYPE_CHECKING, or by `strawberry.lazy("…")`) and inside functions too."""
    return _graph(package, later=True)


def _graph(package: Path, *, later: bool) -> Graph:
    modules = modules_of(package)
    return {
        name: {
            target
            for imported in _imported(ast.parse(path.read_text(encoding="utf-8")), name, path, later)
            if (target := _module(imported, modules)) not in (None, name)
        }
        for name, path in modules.items()
    }


def _module(imported: str, modules: Mapping[str, Path]) -> str | None:
    """The module itself, or the one that a name imported from it stands in; None outside the package."""
    if imported in modules:
        return imported
    above = imported.rpartition(".")[0]
    return above if above in modules else None


def _imported(tree: ast.AST, name: str, path: Path, later: bool) -> Iterator[str]:
    for node in _statements(tree, later):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                start = module or ""
                if level:
                    own = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
                    start = ".".join([*own[: len(own) - level + 1], *([module] if module else [])])
                yield from (f"{start}.{each.name}" for each in names)
            case ast.Call(func=ast.Attribute(attr="lazy"), args=[ast.Constant(value=str(target)), *_]) if later:
                yield target


def _statements(tree: ast.AST, later: bool) -> Iterator[ast.AST]:
    """All nodes below `tree`; those that no loading executes only if `later`."""
    for node in ast.iter_child_nodes(tree):
        if not later and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not later and isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            node = ast.Module(node.orelse, [])
        yield node
        yield from _statements(node, later)


def circles(graph: Graph) -> list[set[str]]:
    """Sets of modules of which each leads to every other one, the largest first: strongly connected components."""
    found, reach = [], {name: _reached(graph, name) for name in graph}
    left = set(graph)
    while left:
        name = left.pop()
        circle = {each for each in reach[name] if name in reach[each]}
        left -= circle
        if circle:
            found.append(circle)
    return sorted(found, key=len, reverse=True)


def _reached(graph: Graph, start: str) -> set[str]:
    reached, ahead = set[str](), [start]
    while ahead:
        new = graph[ahead.pop()] - reached
        reached |= new
        ahead += new
    return reached


def upward(graph: Graph, layers: Sequence[Sequence[str]]) -> set[tuple[str, str]]:
    """Imports between rooms of a package that lead up or sideways. `layers`: names of rooms, the highest first."""
    height = {room: depth for depth, rooms in enumerate(layers) for room in rooms}
    return {
        (importer, imported)
        for importer, targets in graph.items()
        for imported in targets
        if importer.count(".") and imported.count(".")
        if (own := importer.split(".")[1]) != (other := imported.split(".")[1]) and height[other] <= height[own]
    }
