import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";

export default async function HomePage() {
  const { stores } = await call((await serverApi()).GET("/api/v1/catalog/stores"));
  return (
    <main className="shell py-16">
      <h1 className="text-3xl font-medium">Muse 안녕하세요</h1>
      <ul>
        {stores.map((s) => (
          <li key={s.storeId} className="text-muted">
            {s.name}
          </li>
        ))}
      </ul>
    </main>
  );
}
