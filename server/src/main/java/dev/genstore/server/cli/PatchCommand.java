package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.concurrent.Callable;

/** {@code genstore patch}. Confined to the thread that uses it. */
final class PatchCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "patch",
            "Changes a resource in part and shows it as it is stored.",
            "An object is a merge patch (RFC 7396), an array a JSON Patch (RFC 6902).");
    private final PositionalParamSpec place =
            model.argument("PLACE", "The resource, for example notes/7.");
    private final ContentOptions content;
    private final OptionSpec ifMatch = model.option(
            "--if-match", "POSITION", "Changes it only if this made it what it is: its _revision.");
    private final ClientOptions client;

    PatchCommand(SettingsReader reader, Terminal terminal) {
        content = new ContentOptions(reader, terminal.in(), model);
        client = new ClientOptions(reader, model);
        model.example(
                "genstore patch notes/7 '[{\"op\":\"test\",\"path\":\"/done\",\"value\":false},"
                        + "{\"op\":\"replace\",\"path\":\"/done\",\"value\":true}]'",
                "genstore patch notes/7 '{\"done\":false,\"due\":null}'");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        String patch = content.text();
        Call call = Call.of("PATCH", Place.of(Model.required(place)))
                .sending(type(patch), patch)
                .with("If-Match", Model.text(ifMatch).map(Tags::of));
        try (Remote remote = client.remote()) {
            model.out().println(remote.send(call).text());
            return ExitCode.OK;
        }
    }

    private static String type(String patch) {
        boolean isList = patch.stripLeading().startsWith("[");
        return isList ? "application/json-patch+json" : "application/merge-patch+json";
    }
}
