package io.github.x402sessions.spring.free;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.x402sessions.spring.FreeCaller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Names a caller by his login, or else by the address that the container sees. Of an
 * address of IPv6 the network counts, 64 bits of it: whoever has one has all of its
 * addresses.
 */
final class PrincipalOrAddress implements FreeCaller {

	private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

	private static final int NETWORK_BYTES = 8;

	@Override
	public Optional<String> name(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		if (principal != null) {
			String name = principal.getName();
			return (name != null && !name.isBlank()) ? Optional.of("login " + name) : Optional.empty();
		}
		String address = request.getRemoteAddr();
		return (address != null) ? network(address).map((network) -> "address " + network) : Optional.empty();
	}

	/** Nothing but addresses is looked at, and no name is looked up. */
	private static Optional<String> network(String address) {
		if (IPV4.matcher(address).matches()) {
			return Optional.of(address);
		}
		if (address.indexOf(':') < 0) {
			return Optional.empty();
		}
		try {
			InetAddress read = InetAddress.getByName(address.replaceFirst("%.*", "").replaceAll("[\\[\\]]", ""));
			return Optional.of((read instanceof Inet6Address)
					? HexFormat.of().formatHex(Arrays.copyOf(read.getAddress(), NETWORK_BYTES))
					: String.valueOf(read.getHostAddress()));
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

}
