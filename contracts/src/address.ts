import { z } from "zod";
import { CatalogId } from "./catalog.ts";
import { Instant } from "./envelope.ts";

/** A postal address of a parcel. `state` is the two-letter code, `zip` 5 digits or ZIP+4. */
export const PostalAddress = z.object({
  name: z.string(),
  address1: z.string(),
  address2: z.string().nullable(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  country: z.string(),
  phone: z.string().nullable(),
});
export type PostalAddress = z.infer<typeof PostalAddress>;

export const addressFields = [
  "name",
  "address1",
  "address2",
  "city",
  "state",
  "zip",
  "country",
  "phone",
  "email",
] as const;
export type AddressField = (typeof addressFields)[number];

/**
 * Everything that can be wrong with one field of an address, with a sentence for people that says what to do. The page
 * shows it under the field.
 */
export const addressMessages = {
  required: { en: "Fill in this field.", ko: "필수 항목입니다." },
  too_long: { en: "Shorten this: it does not fit on a label.", ko: "배송 라벨에 들어가지 않습니다. 짧게 줄여 주세요." },
  characters: {
    en: "Write this in Latin letters, digits and plain punctuation, as it should stand on the label.",
    ko: "배송 라벨에 인쇄할 수 있도록 영문자, 숫자, 기본 문장부호로 입력해 주세요.",
  },
  country_not_served: { en: "We deliver within the United States only.", ko: "현재 미국 내로만 배송합니다." },
  state_unknown: { en: "Choose a state, such as NY or California.", ko: "NY 또는 California처럼 주를 입력해 주세요." },
  state_not_served: {
    en: "We deliver to the 50 states and the District of Columbia only.",
    ko: "미국 50개 주와 워싱턴 D.C.로만 배송합니다.",
  },
  zip_format: {
    en: "Enter a ZIP code of 5 digits, or ZIP+4 such as 10001-1234.",
    ko: "우편번호는 5자리 또는 10001-1234 형식으로 입력해 주세요.",
  },
  zip_unknown: {
    en: "There is no such ZIP code. Check its digits.",
    ko: "존재하지 않는 우편번호입니다. 다시 확인해 주세요.",
  },
  zip_state_mismatch: {
    en: "This ZIP code is not in that state. Correct one of the two.",
    ko: "우편번호와 주가 일치하지 않습니다. 둘 중 하나를 고쳐 주세요.",
  },
  phone_format: {
    en: "Enter a phone number of 10 digits, or one that begins with + and the country code.",
    ko: "10자리 전화번호 또는 +국가번호로 시작하는 번호를 입력해 주세요.",
  },
  email_format: {
    en: "Enter an e-mail address such as name@example.com.",
    ko: "name@example.com 형식의 이메일 주소를 입력해 주세요.",
  },
} as const;

export type AddressCode = keyof typeof addressMessages;

/** As the checkout takes it, but for the e-mail: an address is where parcels go. */
export const SaveAddressBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  address1: z.string().trim().min(1).max(120),
  address2: z.string().trim().max(120).nullish(),
  city: z.string().trim().min(1).max(80),
  state: z.string().trim().min(2).max(40),
  zip: z.string().trim().min(3).max(12),
  country: z.string().trim().min(2).max(40).default("US"),
  phone: z.string().trim().max(30).nullish(),
  /** Whether it becomes the one that a checkout begins with. The first one always is. */
  isDefault: z.boolean().default(false),
});

export const SavedAddress = PostalAddress.extend({
  addressId: z.string(),
  isDefault: z.boolean(),
  createdAt: Instant,
});
export type SavedAddress = z.infer<typeof SavedAddress>;

/** The default first. */
export const SavedAddresses = z.object({ addresses: z.array(SavedAddress) });

/** The address as it was typed, and what we would write instead; the shopper decides. */
export const AddressSaved = z.object({
  address: SavedAddress,
  correctedAddress: PostalAddress.nullable(),
});

export const AddressParams = z.strictObject({ addressId: CatalogId });

export const ZipParams = z.strictObject({
  zip: z
    .string()
    .trim()
    .regex(/^\d{5}(-\d{4})?$/),
});

/** Where a ZIP code lies. `city` is null where only its state is known; a ZIP code may have other names besides. */
export const ZipPlace = z.object({
  zip: z.string(),
  city: z.string().nullable(),
  state: z.string(),
  stateName: z.string(),
  /** Whether stores deliver there at all. */
  isServed: z.boolean(),
});
export type ZipPlace = z.infer<typeof ZipPlace>;
