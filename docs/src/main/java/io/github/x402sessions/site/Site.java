package io.github.x402sessions.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes the site: a folder of HTML that loads nothing from elsewhere and runs no script.
 */
public final class Site {

	private static final String STYLE = "site.css";

	private static final String ICON = "docs/pictures/icon.svg";

	private final SitePages pages;

	private final PageLinks links;

	private final PageWriter writer;

	private Site(Path root, URI source) {
		this.pages = SitePages.of(root);
		this.links = new PageLinks(root, this.pages, source);
		this.writer = new PageWriter(this.links, SiteMenu.of(this.pages));
	}

	/**
	 * Make the site.
	 * @param arguments the root of the repository, the folder to write to, and the URL of
	 * the repository for people
	 * @throws IOException if something cannot be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
		write(root, Path.of(arguments[1]), URI.create(arguments[2]));
	}

	static void write(Path root, Path output, URI source) throws IOException {
		Site site = new Site(root, source);
		for (SitePage page : site.pages.all()) {
			Path file = output.resolve(page.target());
			Files.createDirectories(file.getParent());
			Files.writeString(file, site.writer.html(page));
		}
		for (String picture : site.links.pictures()) {
			copy(root.resolve(picture), output.resolve(SitePages.place(picture)));
		}
		copy(root.resolve(ICON), output.resolve(SitePages.place(ICON)));
		Files.writeString(output.resolve(STYLE), resource(STYLE));
	}

	private static void copy(Path file, Path target) throws IOException {
		Files.createDirectories(target.getParent());
		Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
	}

	static String resource(String name) throws IOException {
		try (InputStream stream = Site.class.getResourceAsStream(name)) {
			if (stream == null) {
				throw new IllegalStateException(name + " is missing");
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
