import { Problem } from 'genstore';
import { useState } from 'preact/hooks';

import { Failure, focused } from './parts';
import { ask, lookWho, noticed, who } from './store';

/** Shows a key once, for a cookie that scripts cannot read; the key is not kept. */
export function SignIn() {
  const [problem, fail] = useState<Problem>();
  const begin = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const key = String(new FormData(form).get('key')).trim();
    form.reset();
    if (/[^\x21-\x7e]/.test(key)) {
      fail(new Problem(0, '', 'A key or token has only letters, digits and signs of ASCII, and no spaces.'));
      return;
    }
    try {
      await ask('/api/_session', { method: 'POST', headers: { Authorization: `Bearer ${key}` } });
      await lookWho();
    } catch (failure) {
      fail(noticed(failure));
    }
  };
  return (
    <main class="sign-in">
      <h1>Genstore</h1>
      <p>This server wants to know who you are. Give an API key, or a token of an issuer that it trusts.</p>
      <form class="stack" onSubmit={begin}>
        <label>
          Key
          <input name="key" type="password" required autocomplete="off" ref={focused} />
        </label>
        <Failure problem={problem} />
        <button class="first">Sign in</button>
      </form>
      <p class="faint">
        The page does not keep it: the browser gets a cookie that no script can read, for twelve hours at most. This
        makes a key:
      </p>
      <pre>./genstore key create --name me --scopes admin</pre>
    </main>
  );
}

export async function signOut(): Promise<void> {
  await ask('/api/_session', { method: 'DELETE' }).catch(() => {});
  who.value = null;
}
