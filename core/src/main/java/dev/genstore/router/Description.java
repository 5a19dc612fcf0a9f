package dev.genstore.router;

import dev.genstore.resource.ProblemType;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a binding does, takes and answers, for the documents of the API. It says so and enforces
 * nothing: the action still has to.
 *
 * <pre>{@code
 * Description.of("Ships an order")
 *         .named("shipOrder")
 *         .answers(Answer.of(200, "The order with its parcel.", Content.json(Content.resource("orders"))))
 *         .problems(ProblemType.NOT_FOUND)
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param summary what it does, in a few words; empty when nobody has said
 * @param name a name for it that programs may use, unique among all; empty for one that is made of
 *     method and template
 * @param group under which it is listed; empty for that of all actions that say none
 * @param details more about it, in CommonMark
 * @param parameters what it takes beside a body; variables of the template that are not among them
 *     are texts
 * @param takes the forms of the request's body; none when it takes no body
 * @param answers its answers; none when nobody has said
 * @param problems those that it may answer with, besides what any request may be answered with
 */
public record Description(
        String summary,
        String name,
        String group,
        String details,
        List<Parameter> parameters,
        List<Content> takes,
        List<Answer> answers,
        Set<ProblemType> problems) {
    /** Nobody has said anything. */
    public static final Description NONE = of("");

    public Description {
        parameters = List.copyOf(parameters);
        takes = List.copyOf(takes);
        answers = List.copyOf(answers);
        problems = Set.copyOf(problems);
    }

    /** A description that begins with what it does. */
    public static Description of(String summary) {
        return new Description(summary, "", "", "", List.of(), List.of(), List.of(), Set.of());
    }

    /** With a name for programs. */
    public Description named(String unique) {
        return new Description(
                summary, unique, group, details, parameters, takes, answers, problems);
    }

    /** Listed in this group. */
    public Description in(String listed) {
        return new Description(
                summary, name, listed, details, parameters, takes, answers, problems);
    }

    /** With more about it. */
    public Description saying(String more) {
        return new Description(summary, name, group, more, parameters, takes, answers, problems);
    }

    /** With these parameters, too. */
    public Description with(Parameter... more) {
        return new Description(
                summary,
                name,
                group,
                details,
                joined(parameters, List.of(more)),
                takes,
                answers,
                problems);
    }

    /** With a request's body in one of these forms. */
    public Description takes(Content... forms) {
        return new Description(
                summary, name, group, details, parameters, List.of(forms), answers, problems);
    }

    /** With these answers, too. */
    public Description answers(Answer... more) {
        return new Description(
                summary,
                name,
                group,
                details,
                parameters,
                takes,
                joined(answers, List.of(more)),
                problems);
    }

    /** With these problems, too. */
    public Description problems(ProblemType... more) {
        Set<ProblemType> all = EnumSet.noneOf(ProblemType.class);
        all.addAll(problems);
        all.addAll(List.of(more));
        return new Description(summary, name, group, details, parameters, takes, answers, all);
    }

    private static <T> List<T> joined(Collection<T> some, Collection<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
