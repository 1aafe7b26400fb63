/** Stellar addresses: version byte, 32 bytes of a key or a contract, and checksum in base 32. */

import { concat } from "./bytes.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const ACCOUNT = 6 << 3;

const CONTRACT = 2 << 3;

export const accountOf = (publicKey) => addressOf(ACCOUNT, publicKey);

/** The 32 bytes of an address, {account: bytes} or {contract: bytes}; of what is no such address, null. */
export function readAddress(text) {
	const bytes = fromBase32(text);
	const [version] = bytes;
	const body = bytes.slice(1, -2);
	if (body.length !== 32 || ![ACCOUNT, CONTRACT].includes(version) || addressOf(version, body) !== text) {
		return null;
	}
	return version === ACCOUNT ? { account: body } : { contract: body };
}

function addressOf(version, bytes) {
	const body = concat(Uint8Array.of(version), bytes);
	const checksum = crc16(body);
	return base32(concat(body, Uint8Array.of(checksum & 0xff, checksum >> 8)));
}

function crc16(bytes) {
	let crc = 0;
	for (const byte of bytes) {
		crc ^= byte << 8;
		for (let bit = 0; bit < 8; bit++) {
			crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
		}
	}
	return crc;
}

function base32(bytes) {
	let text = "";
	let bits = 0;
	let value = 0;
	for (const byte of bytes) {
		value = (value << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			text += ALPHABET[(value >> bits) & 31];
		}
		value &= (1 << bits) - 1;
	}
	return text;
}

/** What is not in the alphabet makes bytes that no address is written as. */
function fromBase32(text) {
	const bytes = [];
	let bits = 0;
	let value = 0;
	for (const letter of text) {
		value = ((value << 5) | ALPHABET.indexOf(letter)) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes.push((value >> bits) & 0xff);
		}
	}
	return Uint8Array.from(bytes);
}
