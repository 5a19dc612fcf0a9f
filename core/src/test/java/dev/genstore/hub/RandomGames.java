package dev.genstore.hub;

import java.util.List;
import java.util.Random;

/** Writes at random, mostly at the top of a window, so that it runs out of spare resources. */
final class RandomGames {
    private static final int IDS = 60;

    private final HubRig rig;
    private final TopModel model;
    private final Random random;

    RandomGames(HubRig rig, TopModel model, Random random) {
        this.rig = rig;
        this.model = model;
        this.random = random;
    }

    void write() {
        List<String> top = model.ids();
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> put(anyId());
            case 5 -> put(top.isEmpty() ? anyId() : top.get(random.nextInt(top.size())));
            case 6 -> batch();
            case 7 -> rig.put("notes", "1");
            default -> delete(top.isEmpty() ? anyId() : top.getFirst());
        }
    }

    /** Deletes from the top, one by one. */
    void clear(int count) {
        for (int i = 0; i < count && !model.ids().isEmpty(); i++) {
            delete(model.ids().getFirst());
        }
    }

    private String anyId() {
        return "g" + random.nextInt(IDS);
    }

    private void put(String id) {
        int score = random.nextInt(100);
        boolean isOpen = random.nextInt(4) > 0;
        rig.put(
                "games",
                id,
                "{\"n\":" + score + ",\"s\":\"" + (isOpen ? "open" : "closed") + "\"}");
        model.put(new TopModel.Game(id, rig.stored.head(), score, isOpen));
    }

    /** Without a score, and one of another collection behind it. */
    private void batch() {
        String id = anyId();
        rig.batch("games/" + id, "notes/2");
        model.put(new TopModel.Game(id, rig.stored.head() - 1, null, false));
    }

    private void delete(String id) {
        if (model.has(id)) {
            rig.delete("games", id);
            model.remove(id);
        }
    }
}
