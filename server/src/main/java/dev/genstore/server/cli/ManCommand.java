package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code genstore man}. Confined to the thread that uses it. */
final class ManCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "man",
            "Prints the manual page of a command, or writes those of all into a folder.");
    private final SettingsReader reader;
    private final CommandLine root;
    private final PositionalParamSpec command =
            model.optionalArguments("COMMAND", "The command; without it, genstore itself.");
    private final OptionSpec to =
            model.option("--to", "FOLDER", "Writes all pages into this folder, which it makes.");

    ManCommand(SettingsReader reader, CommandLine root) {
        this.reader = reader;
        this.root = root;
        model.example(
                "genstore man watch | man -l -",
                "genstore man key create",
                "genstore man --to ~/.local/share/man/man1");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Optional<String> folder = Model.text(to);
        if (folder.isPresent()) {
            writeAll(reader.path(folder.get()));
        } else {
            CommandLine wanted = Mistakes.command(root, Model.texts(command));
            model.out().print(ManualPage.of(wanted.getCommandSpec()));
            model.out().flush();
        }
        return ExitCode.OK;
    }

    private void writeAll(Path folder) {
        try {
            Files.createDirectories(folder);
            write(root, folder);
        } catch (IOException failure) {
            throw new CommandFailure("The pages can't be written: " + failure + ".");
        }
    }

    private static void write(CommandLine written, Path folder) throws IOException {
        CommandSpec spec = written.getCommandSpec();
        Files.writeString(folder.resolve(ManualPage.name(spec) + ".1"), ManualPage.of(spec));
        for (CommandLine below : written.getSubcommands().values()) {
            write(below, folder);
        }
    }
}
