export const frameCss =
  "iframe{display:block;width:100%;height:560px;border:0;color-scheme:light}[hidden]{display:none!important}";
