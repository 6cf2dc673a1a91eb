import { test as base } from "@playwright/test";
import { Member } from "./api.ts";
import { signIn } from "./pages.ts";

type Fixtures = {
  /** Makes a verified member. */
  join: (name: string, how?: { verified?: boolean }) => Promise<Member>;
  /** Makes a verified member and signs this test's browser in as them. */
  signedIn: (name: string, how?: { verified?: boolean }) => Promise<Member>;
};

export const test = base.extend<Fixtures>({
  join: async ({ baseURL }, use) => {
    await use((name, how) => Member.join(baseURL!, name, how));
  },
  signedIn: async ({ baseURL, context, join }, use) => {
    await use(async (name, how) => {
      const member = await join(name, how);
      await signIn(context, member, baseURL!);
      return member;
    });
  },
});
