package dev.genstore.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;

import tools.jackson.databind.JsonNode;

import java.util.TreeSet;

/**
 * The keyword {@code uniqueItems}. The library hashes the elements, and then a megabyte of texts with
 * the same hash takes ten seconds; these are put in order. Immutable.
 */
final class UniqueItems implements Keyword {
    @Override
    public String getValue() {
        return "uniqueItems";
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
        return new Validator(this, value, location, parent, context);
    }

    private static final class Validator extends BaseKeywordValidator {
        private final boolean isWanted;

        Validator(
                Keyword keyword,
                JsonNode value,
                SchemaLocation location,
                Schema parent,
                SchemaContext context) {
            super(keyword, value, location, parent, context);
            this.isWanted = value.booleanValue();
        }

        @Override
        public void validate(
                ExecutionContext check, JsonNode value, JsonNode root, NodePath where) {
            if (isWanted && value.isArray() && !isUnique(value)) {
                check.addError(error().instanceNode(value)
                        .instanceLocation(where)
                        .evaluationPath(check.getEvaluationPath())
                        .build());
            }
        }

        private static boolean isUnique(JsonNode array) {
            var known = new TreeSet<JsonNode>(Order.OF_VALUES);
            return array.valueStream().allMatch(known::add);
        }
    }
}
