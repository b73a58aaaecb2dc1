import { ImageResponse } from "next/og";

export const size = { width: 1200, height: 630 };
export const contentType = "image/png";
export const alt = "Muse";

/** Many doors, one line: what is shown where a page of the shop is shared. Drawn, so that it needs no font. */
export default function OpenGraphImage() {
  return new ImageResponse(
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        alignItems: "flex-start",
        padding: 88,
        background: "#faf8f4",
      }}
    >
      <svg width="246" height="74" viewBox="0 0 93 28" fill="none">
        <g stroke="#1c1a17" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
          <path d="M3 25V13.2a6.2 6.2 0 0 1 12.4 0V25m0-11.8a6.2 6.2 0 0 1 12.4 0V25" />
          <path d="M35.6 8v10.6a6.2 6.2 0 0 0 12.4 0V8v17" />
          <path d="M66.2 10.4c-.9-1.9-2.8-3.1-5.4-3.1-3.2 0-5.4 1.7-5.4 4.2 0 6.1 11.5 2.8 11.5 9.1 0 2.9-2.5 4.9-6 4.9-3 0-5.3-1.3-6.2-3.6" />
          <path d="M73.9 16.4h15.8c0-5.1-3.3-9.1-7.9-9.1s-7.9 4-7.9 9.1 3.3 9.1 7.9 9.1c3 0 5.4-1.5 6.8-3.9" />
        </g>
      </svg>
      <svg width="1024" height="280" viewBox="0 0 1024 280" fill="none">
        <path
          d="M16 264V130a70 70 0 0 1 140 0v134m0-134a70 70 0 0 1 140 0v134m0-134a70 70 0 0 1 140 0v134m0-134a70 70 0 0 1 140 0v134m0-134a70 70 0 0 1 140 0v134m0-134a70 70 0 0 1 140 0v134h152"
          stroke="#1f4a3d"
          strokeWidth="22"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </div>,
    size,
  );
}
