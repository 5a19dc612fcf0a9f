package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;
import dev.genstore.server.transfer.RowFormat;

import picocli.CommandLine.Model.OptionSpec;

import java.util.List;
import java.util.Optional;

/** In which form rows are. Confined to the thread that uses it. */
final class FormatOption {
    private final OptionSpec format;

    FormatOption(Model model) {
        format = model.choice(
                "--format",
                "FORM",
                List.of("ndjson", "csv"),
                "ndjson or csv; without it, what the file's name ends with, or else ndjson.");
    }

    RowFormat of(Optional<String> file) {
        return Model.text(format)
                .map(FormatOption::named)
                .orElseGet(() -> file.map(RowFormat::of).orElse(RowFormat.NDJSON));
    }

    private static RowFormat named(String name) {
        return RowFormat.named(name)
                .orElseThrow(() ->
                        new UsageError("--format is '" + name + "'; it must be ndjson or csv."));
    }
}
