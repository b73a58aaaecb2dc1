import type { ErrorEntry } from "./error-entry.ts";

/** Of people and their roles. */
export const peopleErrors = {
  account_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such account.", ko: "존재하지 않는 계정입니다." },
  },
  role_own: {
    status: 409,
    retry: "never",
    message: {
      en: "Nobody changes their own role. Ask another administrator.",
      ko: "자신의 권한은 바꿀 수 없습니다. 다른 관리자에게 요청해 주세요.",
    },
  },
  email_not_verified: {
    status: 409,
    retry: "never",
    message: {
      en: "This person has not shown that the e-mail address is theirs. Let them sign in by a mailed link first.",
      ko: "이메일 주소가 확인되지 않은 계정입니다. 먼저 메일로 받은 링크로 로그인하게 해 주세요.",
    },
  },
  password_known: {
    status: 409,
    retry: "never",
    message: {
      en: "This account has a password. Change it where you give the old one.",
      ko: "이미 비밀번호가 있는 계정입니다. 기존 비밀번호를 입력하여 변경해 주세요.",
    },
  },
  sign_in_stale: {
    status: 403,
    retry: "never",
    message: {
      en: "You signed in a while ago. Sign in again by a mailed link, then choose a password.",
      ko: "로그인한 지 오래되었습니다. 메일로 받은 링크로 다시 로그인한 뒤 비밀번호를 설정해 주세요.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;
