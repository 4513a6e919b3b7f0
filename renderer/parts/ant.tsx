import { App as AntApp, theme as ant, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, use } from "react";
import { LookContext } from "./look-context.ts";
import { pageNonce } from "./nonce.ts";

/** The tokens of `style/tokens.css` again, for antd, which must compute with colours. */
const colours = {
  day: {
    colorPrimary: "#2c3640",
    colorBgBase: "#f8f9fa",
    colorBgContainer: "#f8f9fa",
    colorBgElevated: "#f4f5f7",
    colorBgLayout: "#d6dadf",
    colorTextBase: "#1d2227",
    colorTextPlaceholder: "#59626b",
    colorBorder: "#848d97",
    colorBorderSecondary: "#bcc3ca",
    colorError: "#c4161c",
    colorWarning: "#8f4300",
    colorInfo: "#2c3640",
    colorSuccess: "#2c3640",
    controlItemBgActive: "#cdd4db",
    controlItemBgHover: "#e0e4e8",
  },
  night: {
    colorPrimary: "#aab3bc",
    colorBgBase: "#0e1114",
    colorBgContainer: "#090b0d",
    colorBgElevated: "#14181c",
    colorBgLayout: "#07090b",
    colorTextBase: "#c3c9cf",
    colorTextPlaceholder: "#858e97",
    colorBorder: "#5b656f",
    colorBorderSecondary: "#2b3239",
    colorTextLightSolid: "#0e1114",
    colorError: "#ff7f7f",
    colorWarning: "#f29a4e",
    colorInfo: "#aab3bc",
    colorSuccess: "#aab3bc",
    controlItemBgActive: "#252c33",
    controlItemBgHover: "#181c21",
  },
} as const;

/** Around what is drawn by antd, in our theme and language. It is half of all code of the pages: only what is opened later may use it. */
export function Ant({ children }: { children: ReactNode }) {
  const { shown, language } = use(LookContext);
  return (
    <ConfigProvider
      csp={{ nonce: pageNonce }}
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      theme={{
        algorithm: shown === "night" ? ant.darkAlgorithm : ant.defaultAlgorithm,
        token: {
          ...colours[shown],
          fontFamily: "var(--font)",
          fontSize: 14,
          lineHeight: 20 / 14,
          borderRadius: 2,
          borderRadiusLG: 2,
          borderRadiusSM: 2,
          borderRadiusXS: 2,
          controlHeight: 30,
          controlHeightSM: 26,
          boxShadow: "none",
          boxShadowSecondary: "none",
          boxShadowTertiary: "none",
          motionDurationFast: "0.08s",
          motionDurationMid: "0.12s",
          motionDurationSlow: "0.15s",
          wireframe: false,
        },
        components: {
          Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
          Modal: { contentBg: "var(--pane)", headerBg: "var(--pane)" },
          Tooltip: { colorBgSpotlight: "var(--text)", colorTextLightSolid: "var(--pane)" },
        },
      }}
    >
      <AntApp className="ant-root" message={{ maxCount: 3 }}>
        {children}
      </AntApp>
    </ConfigProvider>
  );
}
