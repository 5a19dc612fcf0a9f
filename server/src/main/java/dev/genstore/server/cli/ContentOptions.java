package dev.genstore.server.cli;

import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/** The JSON that a command sends. Confined to the thread that uses it. */
final class ContentOptions {
    private final SettingsReader reader;
    private final InputStream in;
    private final PositionalParamSpec json;
    private final OptionSpec file;

    ContentOptions(SettingsReader reader, InputStream in, Model model) {
        this.reader = reader;
        this.in = in;
        json = model.optionalArgument("JSON", "What to send; without it, the standard input.");
        file = model.option("--file", "FILE", "Sends what this file has.");
    }

    /** The content, which is known to be JSON. */
    String text() {
        byte[] bytes = read();
        try {
            StrictJson.tree(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (Problem problem) {
            throw new UsageError("What is to be sent is not sound JSON: " + problem.detail());
        }
    }

    private byte[] read() {
        Optional<String> named = Model.text(file);
        Optional<String> said = Model.text(json);
        if (named.isPresent() && said.isPresent()) {
            throw new UsageError("JSON and --file are both given; give one of them.");
        }
        String source = named.orElse("the standard input");
        try {
            if (said.isPresent()) {
                return said.get().getBytes(StandardCharsets.UTF_8);
            }
            return named.isPresent()
                    ? Files.readAllBytes(reader.path(named.get()))
                    : in.readAllBytes();
        } catch (IOException failure) {
            throw new UsageError(source + " can't be read: " + failure + ".");
        }
    }
}
