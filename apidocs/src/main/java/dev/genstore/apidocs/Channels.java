package dev.genstore.apidocs;

import dev.genstore.router.Parameter;
import dev.genstore.router.Template;

import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels of an AsyncAPI document, which are the URLs that can be watched, and what is told there.
 * Confined to one thread.
 */
final class Channels {
    static final List<String> EVENTS = List.of("created", "updated", "deleted", "synced", "reset");

    /** Those that are different for each collection. */
    static final List<String> OWN_EVENTS = List.of("created", "updated");

    private static final String SOCKET = "socket";

    private final ObjectNode channels = Trees.object();
    private final ObjectNode operations = Trees.object();
    private final Set<String> forms = new LinkedHashSet<>();

    ObjectNode json() {
        return channels;
    }

    ObjectNode operations() {
        return operations;
    }

    /** The name that a message has for these shapes. */
    static String message(String name, Shapes shapes) {
        boolean isOwn = !shapes.collection().isEmpty() && OWN_EVENTS.contains(name);
        return isOwn ? name + "." + shapes.collection() : name;
    }

    /** Adds the URLs of a binding, unless others that fit the same are there. */
    void add(Place place) {
        if (!forms.add(place.form())) {
            return;
        }
        ObjectNode channel = Trees.object("address", place.path()).put("title", place.summary());
        parameters(channel, place.path());
        messages(channel, EVENTS, place.shapes());
        channel.set("bindings", bindings(place));
        channels.set(place.name(), channel);
        ObjectNode told = operation("watch." + place.name(), "send", place.name(), EVENTS);
        told.put("summary", "Tells what changes.");
    }

    private static void parameters(ObjectNode channel, String path) {
        ObjectNode parameters = Trees.object();
        Template.parse(path)
                .variables()
                .forEach(name ->
                        parameters.set(name, Trees.object("description", "A part of the URL.")));
        if (!parameters.isEmpty()) {
            channel.set("parameters", parameters);
        }
    }

    private static void messages(ObjectNode channel, List<String> names, Shapes shapes) {
        ObjectNode messages = channel.withObjectProperty("messages");
        names.forEach(name -> messages.set(
                name, Trees.reference("#/components/messages/" + message(name, shapes))));
    }

    private static ObjectNode bindings(Place place) {
        ObjectNode query = Trees.object("type", "object");
        ObjectNode properties = query.putObject("properties");
        Watches.described(place.binding()).parameters().stream()
                .filter(each -> Watches.takes(place.binding(), each))
                .forEach(each -> add(each, properties, query));
        ObjectNode socket = Trees.object("method", "GET").set("query", query);
        return Trees.object("ws", socket.put("bindingVersion", "0.1.0"));
    }

    /** The one that stands for many, as its schema is that of an object, is all that has no name. */
    private static void add(Parameter parameter, ObjectNode properties, ObjectNode query) {
        ObjectNode schema = Trees.schema(parameter.schema(), Shapes.ANY);
        if (schema.path("type").asString("").equals("object")) {
            query.set("additionalProperties", schema.get("additionalProperties"));
            query.put("description", parameter.meaning());
        } else {
            properties.set(parameter.name(), schema.put("description", parameter.meaning()));
        }
    }

    /** Adds the socket that begins without a watch. */
    void addSocket(List<String> commands, List<String> answers) {
        ObjectNode channel = Trees.object("address", "/api/_watch")
                .put("title", "Many watches on one socket")
                .put(
                        "description",
                        "Begins with no watch. Any other socket takes the same commands. Each event"
                                + " of a watch that was commanded has `watch`.");
        channel.putArray("servers").add(Trees.reference("#/servers/socket"));
        messages(channel, commands, Shapes.ANY);
        messages(channel, answers, Shapes.ANY);
        messages(channel, EVENTS, Shapes.ANY);
        channels.set(SOCKET, channel);
        operation("watch." + SOCKET, "send", SOCKET, EVENTS)
                .put("summary", "Tells what changes in all that was commanded.");
        ObjectNode command = operation("command", "receive", SOCKET, commands)
                .put("summary", "Begins or ends a watch.");
        ObjectNode reply = command.putObject("reply");
        reply.set("channel", Trees.reference("#/channels/" + SOCKET));
        reply.set("messages", AsyncApi.messages(SOCKET, answers));
    }

    private ObjectNode operation(String name, String action, String channel, List<String> names) {
        ObjectNode operation = operations.putObject(name).put("action", action);
        operation.set("channel", Trees.reference("#/channels/" + channel));
        return operation.set("messages", AsyncApi.messages(channel, names));
    }
}
