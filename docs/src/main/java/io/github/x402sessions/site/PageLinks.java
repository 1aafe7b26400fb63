package io.github.x402sessions.site;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/**
 * Turns the links from file to file into links from page to page. What is no page is
 * shown where the repository is.
 */
final class PageLinks {

	private final Path root;

	private final SitePages pages;

	private final URI source;

	private final Set<String> pictures = new TreeSet<>();

	PageLinks(Path root, SitePages pages, URI source) {
		this.root = root;
		this.pages = pages;
		this.source = source;
	}

	void rewrite(SitePage page) {
		page.document().accept(new AbstractVisitor() {

			@Override
			public void visit(Link link) {
				link.setDestination(destination(page, link.getDestination()));
				visitChildren(link);
			}

			@Override
			public void visit(Image image) {
				image.setDestination(picture(page, image.getDestination()));
				visitChildren(image);
			}

		});
	}

	/**
	 * Say what a link of a page is on the site.
	 * @param page where it stands
	 * @param link what it says, a URL or a path from the page's file
	 * @return a URL, or a path from the page's place on the site
	 */
	String destination(SitePage page, String link) {
		if (link.startsWith("#") || URI.create(link).isAbsolute()) {
			return link;
		}
		int hash = link.indexOf('#');
		String anchor = (hash < 0) ? "" : link.substring(hash);
		String path = resolved(page, (hash < 0) ? link : link.substring(0, hash));
		Optional<SitePage> target = this.pages.find(path);
		return target.map((found) -> page.toRoot() + found.target() + anchor).orElseGet(() -> file(page, path));
	}

	/** Where a link of the menu leads, from the root of the site. */
	String fromStart(String link) {
		return destination(this.pages.start(), link);
	}

	private String file(SitePage page, String path) {
		Path file = this.root.resolve(path);
		if (!Files.exists(file)) {
			throw new IllegalStateException(
					"%s: a link leads to %s, which is not there".formatted(page.source(), path));
		}
		return "%s/%s/HEAD/%s".formatted(this.source, Files.isDirectory(file) ? "tree" : "blob", path);
	}

	private String picture(SitePage page, String link) {
		String picture = resolved(page, link);
		this.pictures.add(picture);
		return page.toRoot() + SitePages.place(picture);
	}

	/** The pictures of the pages that were rewritten, from the root of the repository. */
	Set<String> pictures() {
		return this.pictures;
	}

	/** A list of a folder has the folder for its source. */
	private String resolved(SitePage page, String link) {
		Path target = this.root.resolve(page.source()).resolveSibling(link).normalize();
		return this.root.relativize(target).toString().replace('\\', '/');
	}

}
