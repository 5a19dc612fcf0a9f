"""Bars in SVG: CPU per delivery as a multiple of the limit, a panel for each scenario."""

from html import escape

from . import figures

WIDTH = 760
LEFT = 270
RIGHT = 70
BAR = 16
ROW = 24
PANEL_HEAD = 52
PANEL_GAP = 14
COLOURS = {'limit': '#8a8f98', 'genstore': '#1a6fd4'}
OTHER = '#c9a24a'


def text(x, y, words, size=13, anchor='start', weight='normal', colour='#222'):
    return (f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="{anchor}" '
            f'font-weight="{weight}" fill="{colour}">{escape(words)}</text>')


def rectangle(x, y, width, height, colour):
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{colour}"/>')


def bar(y, title, ratio, scale, colour):
    length = ratio * scale
    return [text(LEFT - 10, y + 13, title, anchor='end'),
            rectangle(LEFT, y, length, BAR, colour),
            text(LEFT + length + 6, y + 13, f'{ratio:.2f}')]


def limit_line(x, top, bottom):
    return (f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke="#999" '
            'stroke-dasharray="3 3"/>')


def colour_of(name):
    return COLOURS.get(name.split('-')[0], OTHER)


def panel(top, scenario, run):
    rows = figures.of_scenario(scenario.kind, run['results'][scenario.name])
    bars = sorted((row['ratio'], name) for name, row in rows.items() if 'ratio' in row)
    if not bars:
        return top, []
    scale = (WIDTH - LEFT - RIGHT) / max(ratio for ratio, _ in bars)
    parts = [text(16, top + 24, scenario.title, 15, weight='bold')]
    y = top + PANEL_HEAD - 14
    parts.append(limit_line(LEFT + scale, y - 4, y + ROW * len(bars)))
    for ratio, name in bars:
        parts += bar(y, run['servers'][name]['title'], ratio, scale, colour_of(name))
        y += ROW
    return y + PANEL_GAP, parts


def draw(run, scenarios):
    top, parts = 44, []
    for scenario in scenarios:
        if scenario.kind == 'delivery':
            top, more = panel(top, scenario, run)
            parts += more
    title = text(16, 30, 'CPU per delivery, as a multiple of the limit (shorter is better)', 16,
                 weight='bold')
    return '\n'.join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top:.0f}" '
        f'viewBox="0 0 {WIDTH} {top:.0f}" font-family="system-ui, sans-serif">',
        rectangle(0, 0, WIDTH, top, '#ffffff'), title, *parts, '</svg>', ''])
