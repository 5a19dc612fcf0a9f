package dev.genstore.resource;

/**
 * What a URL under {@code /api} names, and so what can be read and watched there: everything, one
 * collection, or one resource.
 *
 * <p>Immutable.
 */
public sealed interface Target {
    /** Whether a change of this resource belongs to the target. */
    boolean covers(String collection, String id);

    /** The path of the target, for example {@code /api/notes}. */
    String path();

    /** All collections: {@code /api}. */
    record Everything() implements Target {
        @Override
        public boolean covers(String collection, String id) {
            return true;
        }

        @Override
        public String path() {
            return "/api";
        }
    }

    /** One collection: {@code /api/notes}. */
    record InCollection(String collection) implements Target {
        public InCollection {
            Names.collection(collection);
        }

        @Override
        public boolean covers(String collection, String id) {
            return this.collection.equals(collection);
        }

        @Override
        public String path() {
            return "/api/" + collection;
        }
    }

    /** One resource: {@code /api/notes/7}. */
    record Single(String collection, String id) implements Target {
        public Single {
            Names.collection(collection);
            Names.id(id);
        }

        @Override
        public boolean covers(String collection, String id) {
            return this.collection.equals(collection) && this.id.equals(id);
        }

        @Override
        public String path() {
            return "/api/" + collection + "/" + id;
        }
    }
}
