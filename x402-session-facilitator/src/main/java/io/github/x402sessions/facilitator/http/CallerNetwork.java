package io.github.x402sessions.facilitator.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Address by which limits count callers: an IPv4 address, or of an IPv6 address its
 * network of 64 bits, because who has one address there has all of them.
 */
final class CallerNetwork {

	private static final int PREFIX = 8;

	private CallerNetwork() {
	}

	/**
	 * Return the network of an address.
	 * @param address an address in numbers, as the container gives it
	 */
	static String of(String address) {
		if (address.indexOf(':') < 0) {
			return address;
		}
		try {
			// Of something with a colon no name is looked up; a zone is of no interest.
			InetAddress parsed = InetAddress.getByName(address.replaceFirst("%.*", ""));
			return (parsed instanceof Inet6Address) ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX) + "::/64"
					: parsed.getHostAddress();
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}
