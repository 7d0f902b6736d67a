export const frameCss =
  "iframe{display:block;width:100%;height:430px;border:0;color-scheme:light}[hidden]{display:none!important}";
