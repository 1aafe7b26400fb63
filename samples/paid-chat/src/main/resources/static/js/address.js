/** A Stellar account address of an Ed25519 public key: version byte, key and checksum in base 32. */

import { concat } from "./bytes.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const ACCOUNT = 6 << 3;

export function accountOf(publicKey) {
	const body = concat(Uint8Array.of(ACCOUNT), publicKey);
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
