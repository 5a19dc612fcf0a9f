package dev.genstore.embedded.example;

import dev.genstore.embedded.Genstore;
import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;

/** A shop: orders are resources, and shipping one is an action of its own. */
public final class ShopExample {
    private ShopExample() {}

    public static void main(String[] arguments) throws IOException {
        Genstore store = open(Path.of("data"), 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
    }

    static Genstore open(Path data, int port) throws IOException {
        return Genstore.builder()
                .data(data)
                .port(port)
                .context(Shop.class, Shop::new)
                .bind(
                        Method.POST,
                        "/api/orders/{id}/ship",
                        Shop.class,
                        (request, shop) -> shop.ship(request),
                        ShopExample::shipping)
                .start();
    }

    /** For {@code /openapi.json}; without it the action is there, too, but nothing is said of it. */
    private static Description shipping() {
        return Description.of("Ships an order")
                .named("shipOrder")
                .in("orders")
                .answers(
                        Answer.of(
                                200,
                                "It, with its parcel.",
                                Content.json(Content.resource("orders"))),
                        Answer.of(409, "It has been shipped.", Content.text()))
                .problems(ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED);
    }

    /** What the shop's actions work with. All requests share it, so it must be thread-safe. */
    private static final class Shop {
        private final Resources resources;

        Shop(Resources resources) {
            this.resources = resources;
        }

        Reply ship(Request request) {
            String id = request.variable("id");
            Resource order = resources
                    .find("orders", id)
                    .orElseThrow(
                            () -> ProblemType.NOT_FOUND.because("There is no order " + id + "."));
            ObjectNode members = (ObjectNode) order.members().tree();
            if (members.has("parcel")) {
                return Reply.of(409, "text/plain", "This order has been shipped.");
            }
            members.put("parcel", bookParcel(id));
            Resource shipped = resources.put(
                    "orders", id, Json.write(members), Precondition.version(order.revision()));
            return Reply.json(200, shipped.json());
        }

        /** Stands for a call over the network. It may block: each request has its own thread. */
        private static String bookParcel(String id) {
            return "parcel-of-" + id;
        }
    }
}
