package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code genstore completion}. Confined to the thread that uses it. */
final class CompletionCommand implements Callable<Integer> {
    private final Model model = new Model(
            this, "completion", "Prints what a shell needs to complete this command line.");
    private final CommandLine root;
    private final PositionalParamSpec shell =
            model.argument("SHELL", List.of("bash", "zsh", "fish"), "bash, zsh or fish.");

    CompletionCommand(CommandLine root) {
        this.root = root;
        model.example(
                "source <(genstore completion bash)",
                "genstore completion fish > ~/.config/fish/completions/genstore.fish");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        String name = Model.required(shell);
        model.out()
                .print(
                        switch (name) {
                            case "bash" -> AutoComplete.bash("genstore", root);
                            case "zsh" ->
                                "autoload -U +X bashcompinit && bashcompinit\n"
                                        + AutoComplete.bash("genstore", root);
                            case "fish" -> FishCompletion.of(root.getCommandSpec());
                            default ->
                                throw new UsageError(
                                        "SHELL is '" + name + "'; it must be bash, zsh or fish.");
                        });
        model.out().flush();
        return ExitCode.OK;
    }
}
