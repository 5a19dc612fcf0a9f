package com.example.shop;

import dev.genstore.resource.Json;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;

import tools.jackson.databind.node.ObjectNode;

/** What the action works with: the store, and a service of Spring's. Thread-safe, as both are. */
record Shipping(Resources resources, ParcelService parcels) {
    Reply ship(Request request) {
        String id = request.variable("id");
        Resource order = resources
                .find("orders", id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no order " + id + "."));
        ObjectNode members = (ObjectNode) order.members().tree();
        members.put("parcel", parcels.book(id));
        Resource shipped = resources.put(
                "orders", id, Json.write(members), Precondition.version(order.revision()));
        return Reply.json(200, shipped.json());
    }
}
