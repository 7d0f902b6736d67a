export const frameCss =
  ":host([hidden]),[hidden]{display:none!important}iframe{display:block;width:100%;max-width:960px;height:430px;margin:0 auto;border:0;color-scheme:light}";
