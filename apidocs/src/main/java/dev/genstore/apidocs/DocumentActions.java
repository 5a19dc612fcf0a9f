package dev.genstore.apidocs;

import dev.genstore.query.Rule;
import dev.genstore.router.Action;
import dev.genstore.router.Answer;
import dev.genstore.router.Binding;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;
import dev.genstore.router.Template;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The documents of the API as actions, bound to URL templates like any other. */
public final class DocumentActions {
    private static final String LINKSET = "application/linkset+json";
    private static final String OBJECT = "{\"type\":\"object\"}";

    private DocumentActions() {}

    /** The bindings, for who was let in. Their context is {@link ApiDocuments}. */
    public static List<Binding<?>> bindings() {
        return List.of(
                bind(
                        "/",
                        new ReadLinks("application/json"),
                        () -> links("startHere", "application/json")),
                bind(
                        "/.well-known/api-catalog",
                        new ReadLinks(LINKSET),
                        () -> links("readApiCatalog", LINKSET)),
                bind(
                        "/openapi.json",
                        new ReadDocument(ApiDocuments::openApi),
                        DocumentActions::openApi),
                bind(
                        "/asyncapi.json",
                        new ReadDocument(ApiDocuments::asyncApi),
                        DocumentActions::asyncApi),
                bind("/docs", new ReadPage(), DocumentActions::page),
                bind("/docs/" + ReadViewer.NAME, new ReadViewer(), DocumentActions::viewer));
    }

    private static Binding<ApiDocuments> bind(
            String template, Action<ApiDocuments> action, Supplier<Description> described) {
        return new Binding<>(Method.GET, Template.parse(template), ApiDocuments.class, action)
                .described(() -> described.get().in("documents"))
                .by(Rule.ALWAYS);
    }

    private static Description openApi() {
        return document("readOpenApi", "This document", Content.json(OBJECT));
    }

    private static Description asyncApi() {
        return document(
                "readAsyncApi",
                "What is told to those who watch, as AsyncAPI",
                Content.json(OBJECT));
    }

    private static Description page() {
        return document(
                "readDocs",
                "A page that shows this document",
                Content.of("text/html", Parameter.TEXT),
                header("Content-Security-Policy", "That it loads nothing from elsewhere."),
                header("Referrer-Policy", "That nobody is told of it."),
                noSniffing());
    }

    private static Parameter noSniffing() {
        return header("X-Content-Type-Options", "That it is what it says.");
    }

    private static Parameter header(String name, String meaning) {
        return Parameter.header(name, meaning, Parameter.TEXT);
    }

    private static Description links(String name, String mediaType) {
        return document(name, "Where the API is described", Content.of(mediaType, OBJECT));
    }

    private static Description document(
            String name, String summary, Content content, Parameter... more) {
        var etag = header("ETag", "The version of what it says.");
        Parameter[] headers =
                Stream.concat(Stream.of(etag), Stream.of(more)).toArray(Parameter[]::new);
        return Description.of(summary)
                .named(name)
                .with(Parameter.header(
                        "If-None-Match",
                        "Only if it is none of these versions; else 304.",
                        Parameter.TEXT))
                .answers(
                        Answer.of(200, "It.", content).with(headers),
                        Answer.of(304, "You have it.").with(headers));
    }

    private static Description viewer() {
        return Description.of("The viewer of the page")
                .named("readViewer")
                .answers(Answer.of(
                                200, "JavaScript.", Content.of("text/javascript", Parameter.TEXT))
                        .with(
                                header("Content-Encoding", "`gzip`, where that is accepted."),
                                noSniffing()));
    }
}
