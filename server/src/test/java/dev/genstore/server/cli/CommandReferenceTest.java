package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.server.config.SettingsReader;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Holds the reference to the commands: behind its introduction it is made of what picocli knows. */
class CommandReferenceTest {
    private static final Path REFERENCE = root().resolve("docs/reference/commands.md");
    private static final String BEGIN =
            "<!-- From here on it is made of the commands themselves. -->\n";

    private final StringBuilder text = new StringBuilder();

    @Test
    void the_reference_tells_of_the_commands_as_they_are() throws IOException {
        var out = new PrintWriter(new StringWriter());
        var reader = new SettingsReader(Map.of(), Path.of(""));
        var commands = new Commands(reader, settings -> ExitCode.OK, out, out);
        commands.all().subcommands().values().forEach(this::add);
        Path made = Path.of("target", "commands.md");
        Files.writeString(made, text);
        assertThat(Files.readString(REFERENCE).replaceFirst("(?s).*" + BEGIN, ""))
                .as("what stands in %s should be what is in %s", REFERENCE, made.toAbsolutePath())
                .isEqualTo(text.toString());
    }

    @Test
    void the_reference_tells_of_all_codes() throws IOException {
        String reference = Files.readString(REFERENCE);
        ExitCode.MEANINGS.forEach((code, meaning) ->
                assertThat(reference).contains("| " + code + " | " + meaning + " |\n"));
    }

    private void add(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        text.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        text.append(String.join(" ", spec.usageMessage().description())).append("\n");
        if (spec.name().equals("serve") || spec.name().equals("doctor")) {
            text.append("\nIts options are the [settings](configuration.md).\n");
        } else {
            table(spec);
        }
        examples(spec);
        command.getSubcommands().values().forEach(this::add);
    }

    private void table(CommandSpec spec) {
        text.append("\n| | |\n|---|---|\n");
        spec.positionalParameters()
                .forEach(argument -> row(argument.paramLabel(), argument.description()));
        for (OptionSpec option : spec.options()) {
            boolean hasValue = option.type() != boolean.class && option.arity().max() > 0;
            String names = String.join(", ", option.names());
            row(hasValue ? names + " " + option.paramLabel() : names, option.description());
        }
    }

    private void row(String name, String... meaning) {
        text.append("| `").append(name).append("` | ");
        text.append(String.join(" ", meaning).replace("|", "\\|")).append(" |\n");
    }

    private void examples(CommandSpec spec) {
        List<String> footer = List.of(spec.usageMessage().footer());
        int examples = footer.indexOf(Model.EXAMPLES);
        if (examples >= 0) {
            text.append("\n```sh\n");
            footer.stream()
                    .skip(examples + 1L)
                    .forEach(line -> text.append(line.strip()).append("\n"));
            text.append("```\n");
        }
    }

    /** The root of the project is where mvnw is, wherever the tests run. */
    private static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return place;
    }
}
