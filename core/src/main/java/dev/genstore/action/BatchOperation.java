package dev.genstore.action;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Method;
import dev.genstore.router.PatchFormats;
import dev.genstore.router.Request;
import dev.genstore.router.Template;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * One operation of a batch. It is read as the request that it stands for, by what would answer that
 * request, so both mean the same.
 *
 * @param batch the request that it is in
 */
record BatchOperation(Request batch, JsonNode json) {
    private static final Template COLLECTION = Template.parse("/api/{collection}");
    private static final Template RESOURCE = Template.parse("/api/{collection}/{id}");
    private static final Set<String> MEMBERS =
            Set.of("method", "url", "if-match", "if-none-match", "content-type", "body");
    private static final byte[] NOTHING = {};

    /**
     * What it asks to be written.
     *
     * @throws Problem that points to what is wrong
     */
    Write write(Resources resources) {
        if (!json.isObject()) {
            throw wrong("", "An operation is an object with 'method' and 'url'.");
        }
        BatchDocument.requireKnown(json, MEMBERS);
        Method method = Method.named(json.path("method").asString(""));
        return switch (method) {
            case POST -> read(COLLECTION, Method.POST, CreateResource::write, resources);
            case PUT -> read(RESOURCE, Method.PUT, ReplaceResource::write, resources);
            case PATCH -> read(RESOURCE, Method.PATCH, PatchResource::write, resources);
            case DELETE -> read(RESOURCE, Method.DELETE, DeleteResource::write, resources);
            case null, default -> throw wrong("/method", "'method' is POST, PUT, PATCH or DELETE.");
        };
    }

    private Write read(
            Template template,
            Method method,
            BiFunction<Request, Resources, Write> reading,
            Resources resources) {
        Request request = Request.of(method, url(), headers(method), body(method));
        Request asked = template.read(request)
                .orElseThrow(() -> wrong("/url", "'url' is " + template + " for " + method + "."));
        try {
            return reading.apply(asked, resources);
        } catch (Problem problem) {
            throw problem.errors().isEmpty() ? problem : problem.inside("/body");
        }
    }

    private String url() {
        String url = json.path("url").asString("");
        if (!url.startsWith("/") || url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
            throw wrong("/url", "'url' is a path without a query, for example \"/api/notes/7\".");
        }
        return url;
    }

    private Headers headers(Method method) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        add(headers, "If-Match", "if-match");
        add(headers, "If-None-Match", "if-none-match");
        add(headers, "Content-Type", "content-type");
        if (!json.has("content-type")) {
            boolean isList = method == Method.PATCH && json.path("body").isArray();
            headers.add(
                    Map.entry("Content-Type", isList ? PatchFormats.JSON_PATCH : MediaTypes.JSON));
        }
        batch.header("Request-Id").ifPresent(id -> headers.add(Map.entry("Request-Id", id)));
        return Headers.of(headers);
    }

    private void add(List<Map.Entry<String, String>> headers, String header, String member) {
        JsonNode value = json.get(member);
        if (value != null && !value.isString()) {
            throw wrong("/" + member, "'" + member + "' is a string, as in the header.");
        }
        if (value != null) {
            headers.add(Map.entry(header, value.asString()));
        }
    }

    private byte[] body(Method method) {
        JsonNode body = json.get("body");
        if ((body == null) != (method == Method.DELETE)) {
            throw wrong(
                    "/body", method + (body == null ? " needs a 'body'." : " takes no 'body'."));
        }
        return body == null ? NOTHING : Json.write(body);
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_BATCH.at(pointer, detail);
    }
}
