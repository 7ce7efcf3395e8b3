"""How a scene is written: `SCENES[verb](world)` sets it and gives the act, to be done as often as it fails."""

from datetime import date

DAY = date(2018, 6, 15)
SCENES = {}


def scene(verb):
    def add(function):
        SCENES[verb] = function
        return function

    return add


def people(world, *names):
    return [world.people[name] for name in names]
