package dev.genstore.apidocs;

import dev.genstore.router.Binding;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** Makes the AsyncAPI document, of version 3.0: what is told to those who watch. */
final class AsyncApi {
    private static final String ABOUT = """
            Every URL below can be watched by a WebSocket (subprotocol `cloudevents.json`, or none), \
            and by GET as Server-Sent Events (`Accept: text/event-stream`) or as lines \
            (`Accept: application/x-ndjson`). One position is good for all of them. Ids only rise; \
            every change that matches comes, or a `reset`. `/openapi.json` tells of the requests, \
            of pages of changes and of long polls.\
            """;

    private static final List<String> COMMANDS = List.of("watchCommand", "unwatchCommand");
    private static final List<String> ANSWERS = List.of("watching", "unwatched", "refused");

    private AsyncApi() {}

    /** The document of these bindings and collections. */
    static ObjectNode document(ApiInfo info, List<Binding<?>> bindings, Catalog catalog) {
        var channels = new Channels();
        List<Binding<?>> watched = bindings.stream().filter(Watches::has).toList();
        watched.forEach(binding -> channels.add(Place.of(binding)));
        watched.forEach(binding -> Place.of(binding, catalog.collections()).forEach(channels::add));
        channels.addSocket(COMMANDS, ANSWERS);
        ObjectNode document = Trees.object("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", info.title())
                .put("version", info.version())
                .put("description", ABOUT.strip());
        document.put("defaultContentType", "application/cloudevents+json");
        document.set("servers", servers());
        document.set("channels", channels.json());
        document.set("operations", channels.operations());
        return document.set("components", components(catalog));
    }

    private static ObjectNode servers() {
        ObjectNode servers = Trees.object();
        servers.set("socket", server("ws", "WebSockets."));
        servers.set("streams", server("http", "Server-Sent Events and lines."));
        return servers;
    }

    private static ObjectNode server(String protocol, String description) {
        ObjectNode server = Trees.object("host", "{host}")
                .put("protocol", protocol)
                .put("description", description);
        server.putObject("variables")
                .putObject("host")
                .put("default", "localhost:8080")
                .put("description", "Where this document comes from.");
        return server;
    }

    private static ObjectNode components(Catalog catalog) {
        ObjectNode schemas = Trees.file("events.json");
        schemas.setAll(Trees.file("commands.json"));
        ObjectNode members = Trees.file("schemas.json");
        schemas.set("Members", members.get("Members"));
        ObjectNode messages = messages();
        for (Defined each : catalog.collections()) {
            CollectionSchemas.add(each, schemas, List.of("Created", "Updated"));
            for (String event : Channels.OWN_EVENTS) {
                message(messages, event, each.shapes());
            }
        }
        ObjectNode components = Trees.object("schemas", schemas);
        return components.set("messages", messages);
    }

    private static ObjectNode messages() {
        ObjectNode messages = Trees.object();
        Channels.EVENTS.forEach(event -> message(messages, event, Shapes.ANY));
        for (List<String> more : List.of(COMMANDS, ANSWERS)) {
            more.forEach(name ->
                    message(messages, name, Shapes.ANY).put("contentType", "application/json"));
        }
        return messages;
    }

    private static ObjectNode message(ObjectNode messages, String name, Shapes shapes) {
        String schema = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        ObjectNode message = messages.putObject(Channels.message(name, shapes));
        message.put("name", name).put("title", name);
        message.set("payload", Trees.reference(Trees.SCHEMAS + shapes.name(schema)));
        return message;
    }

    /** References to these messages of a channel. */
    static ArrayNode messages(String channel, List<String> names) {
        ArrayNode messages = Trees.array(List.of());
        names.forEach(name ->
                messages.add(Trees.reference("#/channels/" + channel + "/messages/" + name)));
        return messages;
    }
}
