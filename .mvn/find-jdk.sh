# Sourced by mvnw and genstore: exports JAVA_HOME as a JDK 25, or says what to install and ends.
# Plain sh, since it runs before anything of Genstore has been built.

# A JDK tells its version in its file "release"; asking java itself would start a JVM for each place.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[".+-]' "$1/release" 2>/dev/null
}

# The home of the java on PATH, whose entry there is mostly a link to a link.
java_home_on_path() {
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  (cd "$(dirname "$java")/.." && pwd -P)
}

java_home_of_macos() {
  [ -x /usr/libexec/java_home ] || return 0
  /usr/libexec/java_home -v 25 2>/dev/null || :
}

find_jdk_25() {
  for jdk in \
    "${JAVA_HOME:-}" \
    "$(java_home_on_path)" \
    "$(java_home_of_macos)" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/25* \
    "${MISE_DATA_DIR:-${HOME:-}/.local/share/mise}"/installs/java/*25* \
    "${ASDF_DATA_DIR:-${HOME:-}/.asdf}"/installs/java/*25* \
    "${HOME:-}"/.jdks/* "${HOME:-}"/.jdks/*/Contents/Home; do
    if is_jdk_25 "$jdk"; then
      JAVA_HOME=$jdk
      export JAVA_HOME
      return
    fi
  done
  echo "Genstore needs a JDK 25 and found none: install one, such as Eclipse Temurin, or set JAVA_HOME." >&2
  exit 1
}

find_jdk_25
