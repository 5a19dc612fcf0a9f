package dev.genstore.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.genstore.query.FilterLimits;
import dev.genstore.query.Kind;
import dev.genstore.query.Term;
import dev.genstore.resource.Problem;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;

/**
 * One translation of what the parser made of an expression. It counts what it meets, and refuses what
 * is too much, what is not supported, and what could never be evaluated.
 *
 * <p>Confined to one thread.
 */
final class Translation {
    private final Places places;
    private final Names names;
    private final Operators operators = new Operators(this);
    private final Functions functions = new Functions(this);
    private final List<String> variables = new ArrayList<>();
    private int nodes;
    private int depth;

    /**
     * A translation.
     *
     * @param names what the names in it mean
     */
    Translation(Places places, Names names) {
        this.places = places;
        this.names = names;
    }

    /** The expression as a condition. */
    Term condition(CelExpr expression) {
        return ofKind(Kind.BOOLEAN, expression, "A condition is true or false");
    }

    /** A part that can be of this kind. */
    Term ofKind(Kind wanted, CelExpr part, String rule) {
        Term term = term(part);
        Kind kind = Kind.of(term);
        if (!kind.canBe(wanted)) {
            throw problem(part, rule + ", and this is " + kind + ".");
        }
        return term;
    }

    /** A part, whatever it is. */
    Term term(CelExpr part) {
        if (++nodes > FilterLimits.NODES_MAX) {
            throw problem(
                    part,
                    "A filter has at most " + FilterLimits.NODES_MAX + " parts; this is one more.");
        }
        if (++depth > FilterLimits.DEPTH_MAX) {
            throw problem(part, "It is nested deeper than " + FilterLimits.DEPTH_MAX + " levels.");
        }
        Term term = translate(part);
        depth--;
        return term;
    }

    private Term translate(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> new Term.Constant(constant(part));
            case IDENT -> name(part);
            case SELECT -> member(part);
            case CALL -> call(part);
            case LIST -> list(part);
            case MAP -> throw problem(part, "Objects can't be written in a filter.");
            case STRUCT -> throw problem(part, "There are no messages in a filter.");
            case COMPREHENSION, NOT_SET -> throw new IllegalStateException("parsed: " + part);
        };
    }

    private JsonNode constant(CelExpr part) {
        CelConstant constant = part.constant();
        return switch (constant.getKind()) {
            case NULL_VALUE -> NullNode.getInstance();
            case BOOLEAN_VALUE -> BooleanNode.valueOf(constant.booleanValue());
            case INT64_VALUE -> whole(part, constant.int64Value());
            case DOUBLE_VALUE -> fraction(part, constant.doubleValue());
            case STRING_VALUE -> StringNode.valueOf(constant.stringValue());
            case UINT64_VALUE ->
                throw problem(part, "There is one kind of number; write it without u.");
            case BYTES_VALUE -> throw problem(part, "There are no bytes in JSON; write a text.");
            case NOT_SET, TIMESTAMP_VALUE, DURATION_VALUE ->
                throw new IllegalStateException("parsed: " + part);
        };
    }

    private JsonNode whole(CelExpr part, long number) {
        if (number != (long) (double) number || number == Long.MAX_VALUE) {
            throw problem(
                    part,
                    "The number " + number + " would be changed by a 64-bit float, as JSON's are.");
        }
        return DoubleNode.valueOf((double) number);
    }

    private JsonNode fraction(CelExpr part, double number) {
        if (!Double.isFinite(number)) {
            throw problem(part, "The number is too large for a 64-bit float.");
        }
        return DoubleNode.valueOf(number);
    }

    private Term name(CelExpr part) {
        String name = part.ident().name();
        int level = variables.lastIndexOf(name);
        return level >= 0 ? new Term.Variable(level) : member(part, name);
    }

    private Term member(CelExpr part, String name) {
        if (names.isOwner(name)) {
            throw problem(part, "'" + name + "' is a whole; name a member: " + name + ".status.");
        }
        return names.member(name)
                .orElseThrow(() -> problem(
                        part,
                        "'" + name + "' is not known here; a member has in front what it is of: "
                                + names.examples() + "."));
    }

    private Term member(CelExpr part) {
        return element(part.select().operand(), text(part.select().field()));
    }

    /** What stands at a place in a part; of the resource itself it must be a name. */
    Term element(CelExpr of, Term place) {
        if (!isOwner(of)) {
            return new Term.Element(term(of), place);
        }
        String owner = of.ident().name();
        if (place instanceof Term.Constant(JsonNode name) && name.isString()) {
            return names.member(owner, name.stringValue());
        }
        throw problem(of, "A member of the " + owner + " is named by a constant text.");
    }

    /** Whether a part is all of something, such as the resource, and no variable that has its name. */
    boolean isOwner(CelExpr part) {
        if (part.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return false;
        }
        String name = part.ident().name();
        return names.isOwner(name) && !variables.contains(name);
    }

    private Term call(CelExpr part) {
        @Nullable Term operator = operators.term(part);
        return operator == null ? functions.term(part) : operator;
    }

    /** Constants alone are one constant. */
    private Term list(CelExpr part) {
        List<Term> elements = part.list().elements().stream().map(this::term).toList();
        ArrayNode constants = JsonNodeFactory.instance.arrayNode();
        for (Term element : elements) {
            if (!(element instanceof Term.Constant(JsonNode value))) {
                return new Term.ListOf(elements);
            }
            constants.add(value);
        }
        return new Term.Constant(constants);
    }

    /** A loop, whose condition is translated while its variable has a meaning. */
    Term loop(Term.Quantifier quantifier, Term of, CelExpr variable, CelExpr condition) {
        int level = variables.size();
        if (level == FilterLimits.LOOPS_MAX) {
            throw problem(
                    variable,
                    "exists, all and exists_one stand at most " + FilterLimits.LOOPS_MAX
                            + " deep inside one another.");
        }
        variables.add(variable.ident().name());
        Term body = condition(condition);
        variables.removeLast();
        return new Term.Loop(quantifier, level, of, body);
    }

    static Term text(String text) {
        return new Term.Constant(StringNode.valueOf(text));
    }

    Problem problem(CelExpr part, String detail) {
        return places.problem(part, detail);
    }
}
