package dev.genstore.router;

/**
 * An action that is answered to everybody, also where others have to say who they are. It must tell
 * nothing of the store.
 *
 * @param <C> the type of the context it works with
 */
@FunctionalInterface
public interface ForEveryone<C> extends Action<C> {}
