package dev.genstore.embedded;

import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Problem;
import dev.genstore.router.Action;
import dev.genstore.router.Binding;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Template;

import java.util.Set;
import java.util.function.Supplier;

/** Makes bindings of what a builder is given. */
final class Bound {
    private Bound() {}

    static <C> Binding<C> binding(
            Method method,
            String template,
            Class<C> contextType,
            Action<? super C> action,
            Supplier<Description> description) {
        return new Binding<C>(method, Template.parse(template), contextType, action)
                .described(description);
    }

    /** The rule of a binding, which is named where the rule is wrong. */
    static Rule rule(RuleCompiler compiler, String binding, String expression) {
        try {
            return compiler.compile(expression, Set.of(Rule.AUTH, Rule.PATH));
        } catch (Problem problem) {
            throw new IllegalArgumentException(
                    "The rule of '" + binding + "' is wrong. " + problem.detail(), problem);
        }
    }
}
