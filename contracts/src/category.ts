import type { Language } from "./error.ts";

/** What a shop's front page sorts by: a handful of rooms to walk into. */
export const departments = {
  clothing: { en: "Clothing", ko: "의류" },
  accessories: { en: "Shoes & Accessories", ko: "신발·잡화" },
  outdoor: { en: "Outdoor", ko: "아웃도어" },
  home: { en: "Home", ko: "홈·리빙" },
  toys: { en: "Toys & Play", ko: "장난감·놀이" },
  books: { en: "Books & Stationery", ko: "도서·문구" },
} as const;

export type Department = keyof typeof departments;
export const departmentIds = Object.keys(departments) as [Department, ...Department[]];

type CategoryEntry = { readonly department: Department; readonly ko: string };

/**
 * The categories that stores' feeds name, in a reader's words. A category's name in the feed is its id everywhere; one
 * that is not here is shown as the store wrote it, and belongs to no department.
 */
const categories: ReadonlyMap<string, CategoryEntry> = new Map(
  Object.entries({
    "Coats & Jackets": { department: "clothing", ko: "코트·재킷" },
    Knitwear: { department: "clothing", ko: "니트" },
    Shirts: { department: "clothing", ko: "셔츠" },
    "T-Shirts": { department: "clothing", ko: "티셔츠" },
    Tailoring: { department: "clothing", ko: "정장" },
    "Trousers & Jeans": { department: "clothing", ko: "바지·청바지" },
    Dresses: { department: "clothing", ko: "원피스" },
    Skirts: { department: "clothing", ko: "스커트" },
    Sleepwear: { department: "clothing", ko: "잠옷" },
    Shoes: { department: "accessories", ko: "신발" },
    Boots: { department: "accessories", ko: "부츠" },
    Bags: { department: "accessories", ko: "가방" },
    "Small Leather": { department: "accessories", ko: "가죽 소품" },
    "Scarves & Gloves": { department: "accessories", ko: "스카프·장갑" },
    Hats: { department: "accessories", ko: "모자" },
    Accessories: { department: "accessories", ko: "액세서리" },
    Jewelry: { department: "accessories", ko: "주얼리" },
    Watches: { department: "accessories", ko: "시계" },
    Beauty: { department: "accessories", ko: "뷰티" },
    Outerwear: { department: "outdoor", ko: "아우터" },
    "Base Layers": { department: "outdoor", ko: "베이스 레이어" },
    Bottoms: { department: "outdoor", ko: "하의" },
    Footwear: { department: "outdoor", ko: "등산화·아웃도어화" },
    Packs: { department: "outdoor", ko: "배낭" },
    "Tents & Shelter": { department: "outdoor", ko: "텐트·타프" },
    "Sleep Systems": { department: "outdoor", ko: "침낭·매트" },
    "Camp Kitchen": { department: "outdoor", ko: "캠핑 주방" },
    Hydration: { department: "outdoor", ko: "물병·수통" },
    "Trail Gear": { department: "outdoor", ko: "트레일 장비" },
    Lighting: { department: "home", ko: "조명" },
    Furniture: { department: "home", ko: "가구" },
    Bedding: { department: "home", ko: "침구" },
    Textiles: { department: "home", ko: "패브릭·러그" },
    Bath: { department: "home", ko: "욕실" },
    Decor: { department: "home", ko: "장식 소품" },
    "Kitchen & Table": { department: "home", ko: "주방·식기" },
    "Home Fragrance": { department: "home", ko: "홈 프래그런스" },
    Kites: { department: "toys", ko: "연" },
    Building: { department: "toys", ko: "블록·만들기" },
    Vehicles: { department: "toys", ko: "탈것 장난감" },
    "Outdoor Play": { department: "toys", ko: "야외 놀이" },
    "Soft Toys": { department: "toys", ko: "인형" },
    "Puzzles & Games": { department: "toys", ko: "퍼즐·게임" },
    "Art & Craft": { department: "toys", ko: "미술·공예" },
    Room: { department: "toys", ko: "아이 방" },
    Fiction: { department: "books", ko: "소설" },
    Mystery: { department: "books", ko: "추리·미스터리" },
    "Science Fiction": { department: "books", ko: "SF" },
    Fantasy: { department: "books", ko: "판타지" },
    Food: { department: "books", ko: "요리" },
    Nature: { department: "books", ko: "자연" },
    History: { department: "books", ko: "역사" },
    Ideas: { department: "books", ko: "교양" },
    "Children's": { department: "books", ko: "어린이책" },
    Stationery: { department: "books", ko: "문구" },
  } satisfies Record<string, CategoryEntry>),
);

/** A category as a reader is shown it. */
export function categoryLabel(category: string, language: Language): string {
  return (language === "ko" ? categories.get(category)?.ko : undefined) ?? category;
}

export function departmentOf(category: string): Department | null {
  return categories.get(category)?.department ?? null;
}

export function categoriesOf(department: Department): readonly string[] {
  return [...categories].flatMap(([category, entry]) => (entry.department === department ? [category] : []));
}

/** The categories that a Korean word names: 스카프 is in "스카프·장갑", and 울스카프 holds one. */
export function categoriesNamed(word: string): readonly string[] {
  return [...categories].flatMap(([category, { ko }]) =>
    ko.split(/[·\s]/).some((part) => part.includes(word) || (part.length > 1 && word.includes(part))) ? [category] : [],
  );
}
