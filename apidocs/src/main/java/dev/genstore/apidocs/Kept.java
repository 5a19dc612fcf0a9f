package dev.genstore.apidocs;

/** What is the same for all. It is read when the first one asks for any of it, and not at the start. */
final class Kept {
    static final Document PAGE = new Document(Files.read("docs.html"));
    static final Document LINKS = new Document(Files.read("links.json"));

    /** Packed by gzip. */
    static final byte[] VIEWER = Files.read(ReadViewer.NAME + ".gz");

    private Kept() {}
}
