package dev.genstore.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A keyword of the library whose work is counted, as some go through the whole value, or through all
 * that they have in the schema. Immutable.
 */
record Weighed(Keyword keyword) implements Keyword {
    /** The library knows these by their class; they lead to other schemas, or are remarks. */
    private static final Set<String> LEFT = Set.of("$ref", "$dynamicRef", "format");

    /** The keywords of a dialect that have work to be counted. */
    static Collection<Keyword> all(Dialect dialect) {
        Map<String, Keyword> keywords = new HashMap<>(dialect.getKeywords());
        keywords.put("uniqueItems", new UniqueItems());
        keywords.keySet().removeAll(LEFT);
        keywords.replaceAll((name, keyword) -> new Weighed(keyword));
        return keywords.values();
    }

    @Override
    public String getValue() {
        return keyword.getValue();
    }

    @Override
    public @Nullable KeywordValidator newValidator(
            SchemaLocation location, JsonNode value, Schema parent, SchemaContext context)
            throws Exception {
        KeywordValidator own = keyword.newValidator(location, value, parent, context);
        return own == null ? null : new Counting(own, value, location);
    }

    private static final class Counting extends AbstractKeywordValidator {
        private final KeywordValidator own;
        private final Weight weight;

        Counting(KeywordValidator own, JsonNode value, SchemaLocation location) {
            super(own.getKeyword(), value, location);
            this.own = own;
            this.weight = Weight.of(own.getKeyword(), value);
        }

        @Override
        public void validate(
                ExecutionContext check, JsonNode value, JsonNode root, NodePath where) {
            ((Check) check).step(weight.of(value));
            own.validate(check, value, root, where);
        }

        @Override
        public void preloadSchema() {
            own.preloadSchema();
        }
    }
}
