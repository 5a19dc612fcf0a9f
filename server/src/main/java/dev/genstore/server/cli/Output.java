package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;

import picocli.CommandLine.Model.OptionSpec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a command shows what it has found. */
enum Output {
    /** JSON as the server says it, a value a line: for programs. */
    JSON,
    /** Columns: for people. */
    TABLE;

    static OptionSpec option(Model model, Output byDefault) {
        return model.choice(
                "--output",
                "FORM",
                List.of("json", "table"),
                "json or table; without it " + byDefault.name().toLowerCase(Locale.ROOT) + ".");
    }

    static Output of(OptionSpec option, Output byDefault) {
        Optional<String> said = Model.text(option);
        return switch (said.orElse(byDefault.name()).toLowerCase(Locale.ROOT)) {
            case "json" -> JSON;
            case "table" -> TABLE;
            default ->
                throw new UsageError(
                        "--output is '" + said.orElse("") + "'; it must be json or table.");
        };
    }
}
