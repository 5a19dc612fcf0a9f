package dev.genstore.server.cli;

import dev.genstore.server.remote.Place;

import picocli.CommandLine.Model.OptionSpec;

/** Which resources of a collection a command is about. Confined to the thread that uses it. */
final class SelectionOptions {
    private final OptionSpec filter;
    private final OptionSpec fields;

    SelectionOptions(Model model) {
        filter = model.option(
                "--filter", "CEL", "Only what this holds for, for example 'size > 3'.");
        fields = model.option("--fields", "NAMES", "Only these members, with commas between them.");
    }

    Place in(Place place) {
        return place.with("filter", Model.text(filter)).with("fields", Model.text(fields));
    }
}
