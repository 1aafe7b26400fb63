package io.github.x402sessions.core.challenge;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the page that answers 402 where a browser asks: whether people can pay on
 * it, and how it looks.
 *
 * @param enabled whether people can pay on it; without, it has no script and says what to
 * do
 * @param name who sells, for people; {@code null} for nobody in particular
 * @param logo a picture: a path of this server that begins with {@code /}, or a
 * {@code data:} URL of up to 32768 characters; {@code null} for none
 * @param accent the colour of its buttons, {@code #rrggbb}; {@code null} for a blue
 * @param devnet the base URL of a devnet, whose faucet pays wallets that the page makes;
 * {@code null} on networks where money is worth something
 */
public record PayPage(boolean enabled, @Nullable String name, @Nullable String logo, @Nullable String accent,
		@Nullable URI devnet) {

	/** A page that people can pay on, without a brand. */
	public static final PayPage PLAIN = new PayPage(true, null, null, null, null);

	/** A page that says what to do. */
	public static final PayPage WITHOUT_SCRIPT = new PayPage(false, null, null, null, null);

	private static final int LONGEST_NAME = 64;

	private static final int LONGEST_LOGO = 32 * 1024;

	private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[!-~]*");

	private static final Pattern PICTURE = Pattern.compile("data:image/[a-z0-9.+-]+[;,][!-~]*");

	private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

	/**
	 * Check the settings.
	 * @throws InvalidPageException if one cannot be used
	 */
	public PayPage {
		if (name != null && (name.isBlank() || name.length() > LONGEST_NAME
				|| name.codePoints().anyMatch(Character::isISOControl))) {
			throw new InvalidPageException(InvalidPageException.Setting.NAME, "it is no name of 1 to 64 characters",
					"Set it to the name that people know the seller by");
		}
		if (logo != null && (logo.length() > LONGEST_LOGO
				|| !(PATH.matcher(logo).matches() || PICTURE.matcher(logo).matches()))) {
			throw new InvalidPageException(InvalidPageException.Setting.LOGO,
					"it is neither a path of this server nor a short data: URL of a picture",
					"Set it to a path such as /logo.svg, or to a data:image/… URL of up to 32768 characters");
		}
		if (accent != null && !COLOUR.matcher(accent).matches()) {
			throw new InvalidPageException(InvalidPageException.Setting.ACCENT, "it is no colour of the form #rrggbb",
					"Set it to a colour such as #0b5cad");
		}
		if (devnet != null && origin(devnet) == null) {
			throw new InvalidPageException(InvalidPageException.Setting.DEVNET_URL, "it is no URL that a page can call",
					"Set it to the base URL of a devnet, such as http://localhost:8000, or leave it out");
		}
	}

	/**
	 * Return the origin of a URL that a page may call, or {@code null} if it has none
	 * that can stand in a policy.
	 */
	static @Nullable String origin(URI url) {
		String scheme = url.getScheme();
		String host = url.getHost();
		boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
		if (!web || host == null || url.getRawUserInfo() != null || url.getRawQuery() != null
				|| url.getRawFragment() != null) {
			return null;
		}
		return scheme + "://" + host + ((url.getPort() >= 0) ? ":" + url.getPort() : "");
	}

}
