package dev.genstore.checks.libraries;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/**
 * A library in Maven's local repository, where its POM stands beside its jar.
 *
 * @param pom where its POM is: {@code <group>/<artifact>/<version>/<artifact>-<version>.pom}
 */
record Library(Path pom) {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** Those of the class path, without the modules of this project. */
    static List<Library> ofClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(jar -> jar.toString().endsWith(".jar"))
                .map(jar -> in(above(jar, 1)))
                .filter(library -> Files.exists(library.pom))
                .distinct()
                .toList();
    }

    private static Library in(Path folder) {
        String artifact = "" + above(folder, 1).getFileName();
        return new Library(folder.resolve(artifact + "-" + folder.getFileName() + ".pom"));
    }

    private Path repository(Element project) {
        return above(pom, 3 + group(project).split("\\.", -1).length);
    }

    private static Path above(Path place, int levels) {
        return place.resolve("../".repeat(levels)).normalize();
    }

    /** The name of its group, with points. */
    String group() {
        return group(project());
    }

    /** Its name without that of its group. */
    String artifact() {
        return "" + above(pom, 2).getFileName();
    }

    private static String group(Element project) {
        return child(project, "groupId")
                .or(() -> child(project, "parent").flatMap(parent -> child(parent, "groupId")))
                .map(Library::text)
                .orElseThrow();
    }

    /** The licences that it names itself, or else those of the nearest parent that does. */
    List<String> licences() {
        Element project = project();
        List<String> own = child(project, "licenses").stream()
                .flatMap(Library::children)
                .flatMap(licence -> child(licence, "name").stream())
                .map(Library::text)
                .toList();
        return own.isEmpty() ? parent(project).map(Library::licences).orElse(List.of()) : own;
    }

    private Optional<Library> parent(Element project) {
        return child(project, "parent").map(parent -> {
            String group = child(parent, "groupId").map(Library::text).orElseThrow();
            String artifact = child(parent, "artifactId").map(Library::text).orElseThrow();
            String version = child(parent, "version").map(Library::text).orElseThrow();
            return in(repository(project)
                    .resolve(group.replace('.', '/'))
                    .resolve(artifact)
                    .resolve(version));
        });
    }

    private Element project() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            Document document = factory.newDocumentBuilder().parse(pom.toFile());
            return document.getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException failure) {
            throw new IllegalStateException(pom.toString(), failure);
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).filter(child -> child.getTagName().equals(name)).findFirst();
    }

    private static Stream<Element> children(Element parent) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .<Node>mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    /** As Maven's coordinates, for messages. */
    @Override
    public String toString() {
        return pom.getFileName().toString().replaceFirst("\\.pom$", "");
    }
}
