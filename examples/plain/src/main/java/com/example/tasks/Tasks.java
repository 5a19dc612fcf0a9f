package com.example.tasks;

import dev.genstore.embedded.Genstore;
import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;

/** Tasks are resources, and that one is done is an action of its own. */
public final class Tasks {
    private Tasks() {}

    public static void main(String[] arguments) throws IOException {
        Genstore store = open(Path.of("data"), 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
    }

    static Genstore open(Path data, int port) throws IOException {
        return Genstore.builder()
                .data(data)
                .port(port)
                .bind(Method.POST, "/api/tasks/{id}/done", Resources.class, Tasks::done)
                .start();
    }

    private static Reply done(Request request, Resources resources) {
        String id = request.variable("id");
        Resource task = resources
                .find("tasks", id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no task " + id + "."));
        ObjectNode members = (ObjectNode) task.members().tree();
        members.put("done", true);
        resources.put("tasks", id, Json.write(members), Precondition.version(task.revision()));
        return Reply.of(204);
    }
}
