"""Numbers and rows as the report writes them."""


def number(value):
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f'{value:,.{digits}f}'


def whole(value):
    return f'{value:,.0f}'


def row(cells):
    return '| ' + ' | '.join(cells) + ' |'
